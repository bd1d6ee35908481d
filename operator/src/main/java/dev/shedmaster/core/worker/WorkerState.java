package dev.shedmaster.core.worker;

import org.jspecify.annotations.Nullable;

/**
 * Where a worker is in its life:
 *
 * <pre>
 * Requested → Creating → Booting → Registering → Idle ⇄ Busy → Draining → Deleting → Gone
 *                  any of them → Failed | Lost | Evicted → Draining → Deleting → Gone
 * </pre>
 *
 * Draining is passed by where certainly no job runs. Each state says for a person what it waits for.
 */
public sealed interface WorkerState {

    /** What the worker waits for in this state, as part of a sentence. */
    String waitsFor();

    /** The state's name, as users see it. */
    default String phase() {
        return getClass().getSimpleName();
    }

    /** What the worker runs in this state, as far as that is known. */
    default Workload work() {
        return Workload.NONE;
    }

    /** Whether it is not known that a provider has accepted its machine: it is still to be asked for, or asked for again. */
    default boolean isAsking() {
        return this instanceof Requested || this instanceof Creating;
    }

    /** Whether the state is one of those that lead to the worker's end and never back to work. */
    default boolean isEnding() {
        return switch (this) {
            case Requested r -> false;
            case Creating c -> false;
            case Booting b -> false;
            case Registering r -> false;
            case Idle i -> false;
            case Busy b -> false;
            case Draining d -> true;
            case Deleting d -> true;
            case Gone g -> true;
            case Failed f -> true;
            case Lost l -> true;
            case Evicted e -> true;
        };
    }

    /** The wish for a worker. The offering and the machine's name are recorded; the call may or may not have been made. */
    record Requested() implements WorkerState {
        @Override
        public String waitsFor() {
            return "waits to be registered and for its machine to be asked for";
        }
    }

    /** As {@link Requested}, with another offering than the one that the worker was made for: that one was refused. */
    record Creating() implements WorkerState {
        @Override
        public String waitsFor() {
            return "waits for a provider to accept its machine";
        }
    }

    /** The provider has accepted the machine. */
    record Booting() implements WorkerState {
        @Override
        public String waitsFor() {
            return "waits for its machine to boot";
        }
    }

    /** The machine runs, and its agent is not connected, or not again, or marked offline. */
    record Registering() implements WorkerState {
        @Override
        public String waitsFor() {
            return "waits for the agent on its machine to connect";
        }
    }

    /** The agent is connected and has nothing to do. */
    record Idle() implements WorkerState {
        @Override
        public String waitsFor() {
            return "waits for a job";
        }
    }

    /** The agent runs at least one job. */
    record Busy(Workload work) implements WorkerState {
        public Busy {
            if (work.isEmpty()) {
                throw new IllegalArgumentException("a worker that runs no job is not busy");
            }
        }

        @Override
        public String waitsFor() {
            return "runs " + work.describe();
        }
    }

    /**
     * The agent takes no further job; those that it has may end.
     *
     * @param silence that the CI system does not say whether they have, or whether there are any; null if it does
     */
    record Draining(Workload work, String why, @Nullable Silence silence) implements WorkerState {
        @Override
        public String waitsFor() {
            String ends = "takes no further job (" + why + ")";
            if (silence != null) {
                return ends + " and " + silence.waitingFor("whether " + (work.isEmpty() ? "it runs one" : over()));
            }
            return work.isEmpty() ? ends : ends + " and waits for " + work.describe() + " to end";
        }

        private String over() {
            return work.describe() + (work.size() == 1 ? " has ended" : " have ended");
        }
    }

    /** No job runs and none will; the machine is being deleted. */
    record Deleting(String why) implements WorkerState {
        @Override
        public String waitsFor() {
            return "waits for its machine to be gone (" + why + ")";
        }
    }

    /** The provider has said that no machine is left: the registration goes, then the object. */
    record Gone(String why) implements WorkerState {
        @Override
        public String waitsFor() {
            return "waits for its registration to be gone (" + why + ")";
        }
    }

    /** It never became of use. */
    record Failed(FailureKind kind, String why) implements WorkerState {
        @Override
        public String waitsFor() {
            return kind.describe() + ": " + why;
        }
    }

    /** Its machine stopped, vanished or fell silent. */
    record Lost(String why) implements WorkerState {
        @Override
        public String waitsFor() {
            return "lost its machine: " + why;
        }
    }

    /** The provider took the spot machine back. */
    record Evicted(String why) implements WorkerState {
        @Override
        public String waitsFor() {
            return "lost its spot machine to the provider: " + why;
        }
    }

    /**
     * A job that a worker runs.
     *
     * @param id the CI system's own, empty if not known
     * @param name what a person calls it
     * @param url where a person can look at it, empty if not known
     */
    record Job(String id, String name, String url) {

        /** Whether nothing is known of it but that it is there: it has not begun, or may not be seen. */
        boolean isUnknown() {
            return id.isEmpty() && url.isEmpty();
        }

        /** Whether it is the same job, which may be called otherwise by now. Steps of one run have its address in common. */
        boolean isSameAs(Job other) {
            if (!id.isEmpty()) {
                return id.equals(other.id);
            }
            return url.isEmpty() ? equals(other) : other.id.isEmpty() && url.equals(other.url);
        }
    }
}
