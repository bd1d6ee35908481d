package dev.shedmaster.ssh;

import java.util.Set;

/** What came of a command. */
public sealed interface SshResult {

    /**
     * The command has ended.
     *
     * @param status its exit status
     * @param output what it printed, which is text
     * @param complaint the beginning of what it printed as an error
     */
    record Ended(int status, String output, String complaint) implements SshResult {}

    /** There is no answer. */
    sealed interface Failed extends SshResult {
        /** What happened, in a sentence that a person can act on. */
        String message();

        /** Whether it is certain that the command has not begun. */
        default boolean hadNoEffect() {
            return switch (this) {
                case Unreachable unreachable -> true;
                case Refused refused -> true;
                case KeyRejected rejected -> true;
                case HostKeyChanged changed -> true;
                case TimedOut late -> false;
                case OutputTooLong tooLong -> false;
                case Broken broken -> false;
            };
        }
    }

    /** Nobody answers at that address, or nobody who speaks SSH. */
    record Unreachable(String message) implements Failed {}

    /** The server is up and nothing listens at that port. */
    record Refused(String message) implements Failed {}

    /** The server turns our key away. */
    record KeyRejected(String message) implements Failed {}

    /**
     * Who answers has none of the keys that the server must have: another one may stand in its place. Nothing was said
     * to it.
     *
     * @param seen the fingerprint of the key that it has
     * @param expected those that were given
     */
    record HostKeyChanged(String message, String seen, Set<String> expected) implements Failed {}

    /** The command did not end in time; it may still run. */
    record TimedOut(String message) implements Failed {}

    /** The command printed more than it may. */
    record OutputTooLong(String message) implements Failed {}

    /** The connection broke before the command's end was told. */
    record Broken(String message) implements Failed {}
}
