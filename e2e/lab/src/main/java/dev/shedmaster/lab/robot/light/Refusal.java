package dev.shedmaster.lab.robot.light;

import dev.shedmaster.lab.robot.system.CommandResult;

/** A program ends with a complaint, as by its {@code fail}. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public Refusal(int status, String complaint) {
        super(complaint, null, false, false);
        this.status = status;
    }

    /** What the caller hears. */
    public CommandResult result() {
        return CommandResult.failed(status, getMessage() + "\n");
    }
}
