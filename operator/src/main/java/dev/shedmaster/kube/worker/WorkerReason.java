package dev.shedmaster.kube.worker;

import dev.shedmaster.core.CamelCase;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.port.PortError;

/** What a worker waits for, in one word beside its phase; of a failed one {@code FailureKind} tells why. */
enum WorkerReason {
    WAITS_FOR_MACHINE,
    WAITS_FOR_OTHER_MACHINE,
    WAITS_FOR_BOOT,
    WAITS_FOR_AGENT,
    WAITS_FOR_JOB,
    RUNS_JOB,
    AGENT_AWAY,
    WAITS_FOR_JOB_TO_END,
    TAKES_NO_JOB,
    SOURCE_STALE,
    WAITS_FOR_MACHINE_TO_GO,
    WAITS_FOR_REGISTRATION_TO_GO,
    MACHINE_LOST,
    SPOT_TAKEN_BACK,

    POOL_NOT_READY,
    WAITS_FOR_TURN,
    THROTTLED,
    NO_CAPACITY,
    QUOTA_EXCEEDED,
    ACCESS_REFUSED,
    REQUEST_REFUSED,
    NAME_TAKEN,
    NOT_FOUND,
    NO_ANSWER;

    /** As long as nothing hinders it. */
    static String of(WorkerLife life) {
        return switch (life.state()) {
            case WorkerState.Requested r -> WAITS_FOR_MACHINE.code();
            case WorkerState.Creating c -> WAITS_FOR_OTHER_MACHINE.code();
            case WorkerState.Booting b -> WAITS_FOR_BOOT.code();
            case WorkerState.Registering r -> WAITS_FOR_AGENT.code();
            case WorkerState.Idle i -> (life.awaySince() == null ? WAITS_FOR_JOB : AGENT_AWAY).code();
            case WorkerState.Busy b -> (life.awaySince() == null ? RUNS_JOB : AGENT_AWAY).code();
            case WorkerState.Draining draining -> draining(draining).code();
            case WorkerState.Deleting d -> WAITS_FOR_MACHINE_TO_GO.code();
            case WorkerState.Gone g -> WAITS_FOR_REGISTRATION_TO_GO.code();
            case WorkerState.Failed failed -> CamelCase.of(failed.kind());
            case WorkerState.Lost l -> MACHINE_LOST.code();
            case WorkerState.Evicted e -> SPOT_TAKEN_BACK.code();
        };
    }

    private static WorkerReason draining(WorkerState.Draining draining) {
        if (draining.silence() != null) {
            return SOURCE_STALE;
        }
        return draining.work().isEmpty() ? TAKES_NO_JOB : WAITS_FOR_JOB_TO_END;
    }

    /** What stands behind an answer that hinders a worker. */
    static WorkerReason of(PortError error) {
        return switch (error) {
            case PortError.NotFound missing -> NOT_FOUND;
            case PortError.AlreadyExists taken -> NAME_TAKEN;
            case PortError.CapacityExhausted exhausted -> NO_CAPACITY;
            case PortError.QuotaExceeded exceeded -> QUOTA_EXCEEDED;
            case PortError.Throttled throttled -> THROTTLED;
            case PortError.HeldBack held -> WAITS_FOR_TURN;
            case PortError.Unauthorized refused -> ACCESS_REFUSED;
            case PortError.Invalid invalid -> REQUEST_REFUSED;
            case PortError.Transient lost -> NO_ANSWER;
        };
    }

    String code() {
        return CamelCase.of(this);
    }
}
