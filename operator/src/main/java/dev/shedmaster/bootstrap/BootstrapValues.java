package dev.shedmaster.bootstrap;

import dev.shedmaster.port.AgentCredentials;
import java.util.Map;

/**
 * What one machine has to know.
 *
 * @param agent how its agent registers; holds a secret
 * @param workDirectory the agent's, an absolute path
 * @param pool {@code namespace/name}
 * @param worker {@code namespace/name}
 * @param kvmRequired the machine is of no use without /dev/kvm
 * @param agentImage the container image of the agent, where it runs in a container
 * @param parameters the user's own variables; they cannot take the place of others
 */
public record BootstrapValues(
        AgentCredentials agent,
        String workDirectory,
        String pool,
        String worker,
        boolean kvmRequired,
        String agentImage,
        Map<String, String> parameters) {

    /** Serves jobs that bring their own tools in containers; others want an image of their own. */
    public static final String DEFAULT_AGENT_IMAGE = "docker.io/jenkins/inbound-agent:latest-jdk21";

    public BootstrapValues {
        parameters = Map.copyOf(parameters);
    }
}
