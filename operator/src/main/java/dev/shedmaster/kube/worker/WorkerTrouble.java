package dev.shedmaster.kube.worker;

import dev.shedmaster.port.PortError;

/**
 * What hinders a worker now.
 *
 * @param reason in one word
 * @param message what was answered, for a person
 */
record WorkerTrouble(WorkerReason reason, String message) {

    static WorkerTrouble of(PortError error) {
        return new WorkerTrouble(WorkerReason.of(error), error.message());
    }

    /** @param obstacle why nothing can be asked for on behalf of its pool */
    static WorkerTrouble ofPool(String obstacle) {
        return new WorkerTrouble(WorkerReason.POOL_NOT_READY, obstacle);
    }
}
