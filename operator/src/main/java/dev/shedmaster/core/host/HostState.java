package dev.shedmaster.core.host;

import java.time.Instant;

/** Where a host is in its life. */
public sealed interface HostState {

    /** What a person reads: what it waits for. */
    String waitsFor();

    /** The state's name, as its object's status shows it. */
    default String phase() {
        return getClass().getSimpleName();
    }

    /** Whether workers may be put there. */
    default boolean serves() {
        return this instanceof Ready;
    }

    /** Whether it is to be emptied: its idle workers go, and its busy ones end their jobs. */
    default boolean isEmptied() {
        return this instanceof Draining
                || (this instanceof Unfit unfit && unfit.trouble().kind() == TroubleKind.HARDWARE_FAILING);
    }

    /** Whether its own system is asked every few seconds how it does: it serves, could, or could again. */
    default boolean hasSystem() {
        return switch (this) {
            case Checking c -> true;
            case Ready r -> true;
            case Unfit u -> true;
            case Draining d -> true;
            case Unreachable u -> true;
            default -> false;
        };
    }

    /** Whether whatever ran there counts as gone: its disks are written, wiped, or nobody's business any more. */
    default boolean losesWorkers() {
        return switch (this) {
            case Provisioning p -> true;
            case Wiping w -> true;
            case Releasing r -> true;
            case Gone g -> true;
            default -> false;
        };
    }

    /** It is known, and nothing has been done yet. */
    record Registered(String why) implements HostState {
        @Override
        public String waitsFor() {
            return why;
        }
    }

    /** Its system is being installed. */
    record Provisioning(Step step) implements HostState {
        @Override
        public String waitsFor() {
            return step.waitsFor();
        }
    }

    /** Its installed system answers and has yet to show what it can do. */
    record Checking(String why) implements HostState {
        @Override
        public String waitsFor() {
            return "waits for its probe (" + why + ")";
        }
    }

    /** It serves. */
    record Ready() implements HostState {
        @Override
        public String waitsFor() {
            return "serves";
        }
    }

    /**
     * It serves nothing until what is wrong has gone.
     *
     * @param checkedAt when that was last found out
     */
    record Unfit(Trouble trouble, Instant checkedAt) implements HostState {
        @Override
        public String waitsFor() {
            return "serves nothing: " + trouble.message();
        }
    }

    /** It does not answer, and is being brought back. */
    record Unreachable(String why) implements HostState {
        @Override
        public String waitsFor() {
            return "does not answer (" + why + ")";
        }
    }

    /** It takes no further worker; those that it has may end. */
    record Draining(Purpose purpose, int jobs) implements HostState {

        /** What it is taken out for. */
        public enum Purpose {
            MAINTENANCE("for its maintenance"),
            REINSTALLATION("for its new image"),
            REMOVAL("for its removal");

            private final String words;

            Purpose(String words) {
                this.words = words;
            }
        }

        @Override
        public String waitsFor() {
            String what = jobs == 0 ? "its workers" : jobs == 1 ? "one job" : jobs + " jobs";
            return "takes no further worker, " + purpose.words + ", and waits for " + what + " to end";
        }
    }

    /** It is empty, and a person works on it. */
    record Maintenance() implements HostState {
        @Override
        public String waitsFor() {
            return "is left alone until spec.maintenance.enabled is taken back";
        }
    }

    /** An attempt has failed; the next one begins then. */
    record Failed(Trouble trouble, Instant retryAt) implements HostState {
        @Override
        public String waitsFor() {
            return "begins anew in a while: " + trouble.message();
        }
    }

    /** Only a person can help. Nothing is done to it until then. */
    record Quarantined(Trouble trouble) implements HostState {
        @Override
        public String waitsFor() {
            return "waits for a person: " + trouble.message();
        }
    }

    /** Its disks are being wiped, since it leaves. */
    record Wiping(Step step) implements HostState {
        @Override
        public String waitsFor() {
            return "is to be wiped: " + step.waitsFor();
        }
    }

    /** What is ours at the landlord is being taken away. */
    record Releasing() implements HostState {
        @Override
        public String waitsFor() {
            return "waits for the landlord to forget whose it was";
        }
    }

    /** Nothing is left to do. */
    record Gone() implements HostState {
        @Override
        public String waitsFor() {
            return "is gone";
        }
    }
}
