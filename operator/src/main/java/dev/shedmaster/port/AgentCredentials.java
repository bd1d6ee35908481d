package dev.shedmaster.port;

import java.net.URI;

/**
 * What a machine must be told so that its agent can register.
 *
 * @param url the address that agents connect to
 * @param name the agent's name
 * @param secret lets whoever has it act as this agent; handed to the machine and never stored by us
 */
public record AgentCredentials(URI url, String name, String secret) {
    @Override
    public String toString() {
        return "AgentCredentials[url=" + url + ", name=" + name + ", secret=…]";
    }
}
