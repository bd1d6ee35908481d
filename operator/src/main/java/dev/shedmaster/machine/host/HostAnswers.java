package dev.shedmaster.machine.host;

import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.ssh.SshResult;

/**
 * What a call's end means: the exit statuses of {@code shedmaster-host}, those of a shell, and what SSH itself says.
 */
final class HostAnswers {
    private static final int DONE = 0;
    private static final int WRONG_ORDER = 3;
    private static final int NAME_TAKEN = 4;
    private static final int HOST_LACKS = 6;
    private static final int WRONG_IMAGE = 8;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NO_PROGRAM = 127;

    private HostAnswers() {}

    static Outcome<Nothing> nothing(SshResult result) {
        return ended(result).map(ended -> Nothing.NOTHING);
    }

    /** The answer of a call that did what it should; otherwise why it did not. */
    static Outcome<SshResult.Ended> ended(SshResult result) {
        return switch (result) {
            case SshResult.Ended ended when ended.status() == DONE -> Outcome.done(ended);
            case SshResult.Ended ended -> Outcome.failed(meaning(ended));
            case SshResult.KeyRejected rejected -> Outcome.failed(new PortError.Unauthorized(rejected.message()));
            case SshResult.HostKeyChanged changed ->
                Outcome.failed(new PortError.Invalid("hostKeys", changed.message()));
            case SshResult.Failed failed -> Outcome.failed(new PortError.Transient(failed.message()));
        };
    }

    private static PortError meaning(SshResult.Ended ended) {
        String said = ended.complaint().isEmpty()
                ? "the server's program failed with status " + ended.status()
                : ended.complaint();
        return switch (ended.status()) {
            case WRONG_ORDER -> new PortError.Invalid("order", said);
            case NAME_TAKEN -> new PortError.AlreadyExists(said);
            case WRONG_IMAGE -> new PortError.Invalid("image", said);
            case HOST_LACKS -> new PortError.Invalid("host", said);
            case NOT_EXECUTABLE, NO_PROGRAM ->
                new PortError.NotFound("the server has no " + HostProgram.PATH + " yet: it is to be installed");
            default -> new PortError.Transient(said);
        };
    }
}
