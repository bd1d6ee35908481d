package dev.shedmaster.port;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a machine must be told so that its agent can register.
 *
 * @param url the address that agents connect to
 * @param name the agent's name
 * @param secret lets whoever has it act as this agent; handed to the machine and never stored by us
 * @param caBundle the certificates, in PEM form and with nothing between them, that the agent is to trust beside those of
 *     its machine; null if these do
 */
public record AgentCredentials(
        URI url, String name, String secret, @Nullable String caBundle) {
    public AgentCredentials(URI url, String name, String secret) {
        this(url, name, secret, null);
    }

    @Override
    public String toString() {
        return "AgentCredentials[url=" + url + ", name=" + name + ", secret=…]";
    }
}
