package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.time.Latency;
import java.time.Duration;

/**
 * How long Azure takes, in lab time.
 *
 * @param allocation from the accepted call until the machine runs
 * @param guestBoot from running until the guest has read its custom data and starts the agent
 * @param osProvisioning from running until the guest's provisioning agent has reported, which ends the creating operation
 * @param osProvisioningTimeout after which Azure gives up to wait for that
 * @param deletion of a machine, with a graceful shutdown
 * @param forcedDeletion of a machine with {@code forceDeletion=true}
 * @param powerChange starting, stopping, deallocating
 * @param evictionNotice from the scheduled event until a spot machine is evicted
 * @param nicReservation for which a NIC stays reserved for a machine whose creation was refused
 * @param listLag for which lists are behind
 * @param operationsKept after their end
 */
public record Timings(
        Latency allocation,
        Latency guestBoot,
        Latency osProvisioning,
        Duration osProvisioningTimeout,
        Latency deletion,
        Latency forcedDeletion,
        Latency powerChange,
        Duration evictionNotice,
        Duration nicReservation,
        Duration listLag,
        Duration operationsKept) {

    /** What is reported (docs/sources.md): some 45 s to a booted system, with a long tail. */
    public static Timings realistic() {
        return new Timings(
                Latency.lognormal(Duration.ofSeconds(20), 0.35),
                Latency.lognormal(Duration.ofSeconds(22), 0.35),
                Latency.lognormal(Duration.ofSeconds(35), 0.35),
                Duration.ofMinutes(40),
                Latency.lognormal(Duration.ofSeconds(45), 0.4),
                Latency.lognormal(Duration.ofSeconds(20), 0.4),
                Latency.lognormal(Duration.ofSeconds(15), 0.3),
                Duration.ofSeconds(30),
                Duration.ofSeconds(180),
                Duration.ZERO,
                Duration.ofHours(24));
    }

    /** Everything at once, but for the limits, which stay Azure's. */
    public static Timings instant() {
        return realistic()
                .withBoot(Latency.none(), Latency.none(), Latency.none())
                .withRemoval(Latency.none(), Latency.none())
                .withPowerChange(Latency.none());
    }

    public Timings withBoot(Latency newAllocation, Latency newGuestBoot, Latency newOsProvisioning) {
        return new Timings(
                newAllocation,
                newGuestBoot,
                newOsProvisioning,
                osProvisioningTimeout,
                deletion,
                forcedDeletion,
                powerChange,
                evictionNotice,
                nicReservation,
                listLag,
                operationsKept);
    }

    public Timings withRemoval(Latency newDeletion, Latency newForcedDeletion) {
        return new Timings(
                allocation,
                guestBoot,
                osProvisioning,
                osProvisioningTimeout,
                newDeletion,
                newForcedDeletion,
                powerChange,
                evictionNotice,
                nicReservation,
                listLag,
                operationsKept);
    }

    public Timings withPowerChange(Latency newPowerChange) {
        return new Timings(
                allocation,
                guestBoot,
                osProvisioning,
                osProvisioningTimeout,
                deletion,
                forcedDeletion,
                newPowerChange,
                evictionNotice,
                nicReservation,
                listLag,
                operationsKept);
    }

    public Timings withListLag(Duration newListLag) {
        return new Timings(
                allocation,
                guestBoot,
                osProvisioning,
                osProvisioningTimeout,
                deletion,
                forcedDeletion,
                powerChange,
                evictionNotice,
                nicReservation,
                newListLag,
                operationsKept);
    }

    public Timings withOperationsKept(Duration newOperationsKept) {
        return new Timings(
                allocation,
                guestBoot,
                osProvisioning,
                osProvisioningTimeout,
                deletion,
                forcedDeletion,
                powerChange,
                evictionNotice,
                nicReservation,
                listLag,
                newOperationsKept);
    }
}
