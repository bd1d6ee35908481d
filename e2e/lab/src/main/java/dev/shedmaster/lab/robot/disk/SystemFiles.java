package dev.shedmaster.lab.robot.disk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was put into an installed system since, and outlives its boots. To be used in a step of the account only.
 */
public final class SystemFiles {
    private @Nullable String program;
    private boolean isExecutable;
    private final Set<String> rooms = new TreeSet<>();
    private final Map<String, String> imageNames = new TreeMap<>();
    private final Map<String, Instant> images = new TreeMap<>();

    /** The SHA-256 of the program that runs workers there; empty if there is none. */
    public Optional<String> program() {
        return Optional.ofNullable(program);
    }

    public boolean isExecutable() {
        return isExecutable;
    }

    public void putProgram(String digest) {
        program = digest;
        isExecutable = true;
    }

    /** As after {@code rm}. */
    public void removeProgram() {
        program = null;
        isExecutable = false;
    }

    /** As after {@code chmod 644}. */
    public void takeExecutability() {
        isExecutable = false;
    }

    /** The names of the workers whose folders are on the disk. */
    public Set<String> rooms() {
        return rooms;
    }

    /** The checksums of the images that were fetched, by the names that lead to them. */
    public Map<String, String> imageNames() {
        return imageNames;
    }

    /** When the images that were fetched were used last, by their checksums. */
    public Map<String, Instant> images() {
        return images;
    }
}
