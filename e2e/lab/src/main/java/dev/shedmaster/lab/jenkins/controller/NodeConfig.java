package dev.shedmaster.lab.jenkins.controller;

import dev.shedmaster.lab.jenkins.label.NodeLabels;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An inbound node as it was configured.
 *
 * @param description free text; null when none was given
 * @param remoteFs the agent's root folder
 * @param executors how many builds at once, at least 1
 * @param labelString labels separated by white space
 */
public record NodeConfig(
        String name,
        @Nullable String description,
        String remoteFs,
        int executors,
        Mode mode,
        String labelString,
        Launcher launcher,
        String retentionClass) {

    /** How its agent connects: always inbound. */
    public record Launcher(
            boolean webSocket,
            boolean workDirDisabled,
            @Nullable String workDirPath,
            String internalDir,
            boolean failIfWorkDirIsMissing) {}

    /** A node as a person sets one up, for one build at a time. */
    public static NodeConfig setUpByHand(String name, String labels) {
        return new NodeConfig(
                name,
                "set up by hand",
                "/home/ci",
                1,
                Mode.NORMAL,
                labels,
                new Launcher(true, true, null, "remoting", false),
                "hudson.slaves.RetentionStrategy$Always");
    }

    /** The node's labels, less its own name. */
    public Set<String> labels() {
        return NodeLabels.of(labelString);
    }
}
