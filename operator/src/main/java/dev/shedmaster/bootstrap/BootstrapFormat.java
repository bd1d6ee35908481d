package dev.shedmaster.bootstrap;

/** The language that a machine's image understands at its first boot. */
public enum BootstrapFormat {
    /** Flatcar: Ignition of specification 3.3, as JSON. The agent runs in a container. */
    IGNITION("jenkins-flatcar.ign.json.mustache", "agent-container"),

    /** Ubuntu: cloud-init's cloud-config. The agent runs on the machine itself. */
    CLOUD_INIT("jenkins-ubuntu.cloud-config.yaml.mustache", "agent-host"),

    /** A container on a host of one's own: a JSON object of files by name, in base 64. The agent runs in the container. */
    CONTAINER("jenkins-container.json.mustache", "agent-inside");

    private final String template;
    private final String agent;

    BootstrapFormat(String template, String agent) {
        this.template = template;
        this.agent = agent;
    }

    /** Whether what is rendered must be JSON. */
    boolean isJson() {
        return this != CLOUD_INIT;
    }

    /** The built-in template's resource. */
    String template() {
        return template;
    }

    /** The resource of the agent's unit, a template itself, which is the same for built-in and own templates. */
    String unit() {
        return agent + ".service";
    }

    /** The resource of the script that runs before the agent, a template itself. */
    String prepare() {
        return agent + "-prepare.sh";
    }
}
