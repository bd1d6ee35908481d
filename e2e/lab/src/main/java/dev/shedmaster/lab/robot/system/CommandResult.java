package dev.shedmaster.lab.robot.system;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a command wrote and how it ended.
 *
 * @param status 0 if it succeeded
 * @param takes how much lab time passes before the client hears of it; null: it never ends
 */
public record CommandResult(
        String output, String error, int status, @Nullable Duration takes) {

    private static final int LOST = -1;

    public static CommandResult succeeded(String output) {
        return new CommandResult(output, "", 0, Duration.ZERO);
    }

    public static CommandResult failed(int status, String error) {
        return new CommandResult("", error, status, Duration.ZERO);
    }

    /** As a shell says it. */
    public static CommandResult unknown(CommandCall call) {
        return failed(127, "bash: line 1: " + call.program() + ": command not found\n");
    }

    public static CommandResult never() {
        return new CommandResult("", "", 0, null);
    }

    /** The connection breaks instead of an answer; what was done is done. */
    public static CommandResult lost() {
        return new CommandResult("", "", LOST, Duration.ZERO);
    }

    /** Whether the client hears a broken connection and nothing else. */
    public boolean isLost() {
        return status == LOST;
    }

    public CommandResult after(Duration labTime) {
        return new CommandResult(output, error, status, labTime);
    }
}
