package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import dev.shedmaster.core.worker.WorkerState.Booting;
import dev.shedmaster.core.worker.WorkerState.Evicted;
import dev.shedmaster.core.worker.WorkerState.Failed;
import dev.shedmaster.core.worker.WorkerState.Lost;
import org.jspecify.annotations.Nullable;

/** Whether a machine that was accepted can no longer become, or be, of use, and whose doing that is. */
final class MachineLoss {

    private MachineLoss() {}

    /** The state in which such a worker is; null for one whose machine is well, or of which nothing certain is known. */
    static @Nullable WorkerState of(WorkerLife life, MachineSight machine) {
        return switch (machine) {
            case MachineSight.Absent a ->
                life.isStarting() && !isSpot(life)
                        ? notBooted(EarlyEnd.vanished(life))
                        : taken(life, "the provider no longer has it");
            case MachineSight.Leaving l -> taken(life, "it is being deleted, and not by us");
            // An eviction deletes the machine: one that is off has powered itself off, or a person did.
            case MachineSight.Stopped s ->
                life.isStarting() ? notBooted(EarlyEnd.poweredOff(life)) : new Lost("it is powered off");
            // Once it has run, it does so although its creation was reported as failed: the agent decides.
            case MachineSight.Broken broken -> life.state() instanceof Booting ? broken(broken.refusal()) : null;
            case MachineSight.Unknown u -> null;
            case MachineSight.Unlisted u -> null;
            case MachineSight.Starting s -> null;
            case MachineSight.Running r -> null;
        };
    }

    /** A provider that takes a spot machine back and a person who deletes it look the same: the first is usual. */
    private static WorkerState taken(WorkerLife life, String why) {
        return isSpot(life) ? new Evicted(why) : new Lost(why);
    }

    private static boolean isSpot(WorkerLife life) {
        return life.offering().type() == CapacityType.SPOT;
    }

    /** What ended this machine may well end the next one too, so the pool has to hear of it. */
    private static WorkerState notBooted(String why) {
        return new Failed(FailureKind.BOOT_FAILED, why);
    }

    private static WorkerState broken(Refusal refusal) {
        boolean capacity = refusal instanceof Refusal.NoCapacity;
        return new Failed(capacity ? FailureKind.NO_CAPACITY : FailureKind.BOOT_FAILED, refusal.message());
    }
}
