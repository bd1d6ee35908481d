package dev.shedmaster.lab.robot.system;

import java.io.InputStream;

/**
 * A command that came over SSH.
 *
 * @param line as it was sent
 * @param input what the client sends to it; ends when the client says so
 */
public record CommandCall(String line, InputStream input) {

    /** The first word. */
    public String program() {
        return line.strip().split("\\s+", 2)[0];
    }
}
