package dev.shedmaster.kube.worker;

import dev.shedmaster.core.worker.WorkerAnswer;
import dev.shedmaster.port.PortError;
import org.jspecify.annotations.Nullable;

/**
 * How a transition's effects went.
 *
 * @param answer what came back for a machine that was asked for, else null
 * @param learned whether something is seen differently now, so that the next step may follow at once
 * @param forgotten whether the last thing to do for the worker is done
 * @param trouble why an effect failed, else null; those after it were not tried
 */
record Performed(
        @Nullable WorkerAnswer answer,
        boolean learned,
        boolean forgotten,
        @Nullable PortError trouble) {

    static final Performed NOTHING = new Performed(null, false, false, null);

    /** Whether it has to wait and that says nothing of its machine: others of ours come first, or the CI system does not register it. */
    boolean isHeld() {
        return trouble instanceof PortError.HeldBack || isUnregistered();
    }

    /** Whether the CI system was asked and does not register it, for a reason that may pass. */
    boolean isUnregistered() {
        return !(trouble instanceof PortError.HeldBack)
                && answer instanceof WorkerAnswer.EnrolmentRefused refused
                && !refused.refusal().leavesNothing();
    }

    Performed andLearned() {
        return new Performed(answer, true, forgotten, trouble);
    }

    Performed andForgotten() {
        return new Performed(answer, learned, true, trouble);
    }

    Performed andAnswered(WorkerAnswer given, @Nullable PortError because) {
        return new Performed(given, learned, forgotten, because);
    }

    Performed andFailed(PortError because) {
        return new Performed(answer, learned, forgotten, because);
    }
}
