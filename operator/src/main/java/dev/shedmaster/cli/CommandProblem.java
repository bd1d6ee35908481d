package dev.shedmaster.cli;

import picocli.CommandLine.ExitCode;

/** Why a command cannot do what it was asked to, with what to do about it. */
final class CommandProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    CommandProblem(String message) {
        this(message, ExitCode.SOFTWARE);
    }

    private CommandProblem(String message, int status) {
        super(message);
        this.status = status;
    }

    /** What was asked for cannot be, whatever the cluster is like. The message names the argument. */
    static CommandProblem inArgument(String message) {
        return new CommandProblem(message, ExitCode.USAGE);
    }

    /** With which the process ends. */
    int status() {
        return status;
    }
}
