package dev.shedmaster.lab.guest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a guest is booted from. */
public sealed interface GuestSeed {
    String hostName();

    /**
     * A machine whose system reads a configuration at its first boot.
     *
     * @param configuration base64; null when there is none
     */
    record Machine(
            String hostName, FirstBoot firstBoot, @Nullable String configuration) implements GuestSeed {}

    /**
     * One of the workers' own images, which has the agent's unit in it and is given files beside: the agent's settings are in {@code
     * agent.env}.
     *
     * @param files by their names; only root may read them
     */
    record WithFiles(String hostName, Map<String, byte[]> files) implements GuestSeed {
        public WithFiles {
            files = Map.copyOf(files);
        }
    }
}
