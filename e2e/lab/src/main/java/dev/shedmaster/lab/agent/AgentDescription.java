package dev.shedmaster.lab.agent;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What an inbound agent is started with: the arguments of its command line.
 *
 * @param jenkinsUrl the controller's root, as given to {@code -url}; a missing trailing slash is added
 * @param nodeName the node that this agent is, as given to {@code -name}
 * @param secret 64 hexadecimal digits, as given to {@code -secret}
 * @param workDir the folder of {@code -workDir}; empty when there is none
 * @param reconnectsFor for how long a connection that was lost is tried to be had again before the program ends: the time of
 *     {@code -noReconnectAfter}, zero with {@code -noReconnect}, empty (for ever) with neither
 */
public record AgentDescription(
        URI jenkinsUrl, String nodeName, String secret, String workDir, Optional<Duration> reconnectsFor) {

    public AgentDescription {
        if (!"http".equals(jenkinsUrl.getScheme()) && !"https".equals(jenkinsUrl.getScheme())) {
            throw new IllegalArgumentException(
                    "jenkinsUrl: expected an http or https address, got '" + jenkinsUrl + "'");
        }
        if (nodeName.isBlank()) {
            throw new IllegalArgumentException("nodeName: the agent needs the name of its node");
        }
        if (secret.isBlank()) {
            throw new IllegalArgumentException("secret: the agent needs its node's secret");
        }
        String root = jenkinsUrl.toString();
        jenkinsUrl = root.endsWith("/") ? jenkinsUrl : URI.create(root + "/");
    }

    @Override
    public String toString() {
        return "AgentDescription[" + nodeName + " at " + jenkinsUrl
                + reconnectsFor.map(time -> ", reconnects for " + time).orElse("") + "]";
    }
}
