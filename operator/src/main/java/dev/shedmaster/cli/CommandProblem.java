package dev.shedmaster.cli;

/** Why a command cannot do what it was asked to, with what to do about it. */
final class CommandProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandProblem(String message) {
        super(message);
    }
}
