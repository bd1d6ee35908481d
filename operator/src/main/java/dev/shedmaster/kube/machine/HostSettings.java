package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.HostPlacement;
import dev.shedmaster.api.v1alpha1.MachineRequirements;
import dev.shedmaster.bootstrap.BootstrapFormat;
import dev.shedmaster.kube.pool.Spans;
import dev.shedmaster.machine.host.GuestSettings;

/** Says in the hosts' words what a placement wants. */
public final class HostSettings {
    private static final long GIB = 1L << 30;

    /** A file system keeps a tenth of what jobs may count on for itself. */
    private static final int FILE_SYSTEM_SHARE = 10;

    private static final int SYSTEM_GIB = 8;

    /** What a virtual machine gets where the pool says nothing of its disk. */
    private static final int USUAL_DISK_GIB = 40;

    /** The system, its file system's own share, and what jobs may count on. */
    private static int diskFor(int free) {
        return free + Math.ceilDiv(free, FILE_SYSTEM_SHARE) + SYSTEM_GIB;
    }

    private HostSettings() {}

    /** The placement's settings, for boot data of that format. */
    public static GuestSettings of(
            HostPlacement placement, BootstrapFormat format, MachineRequirements machine, String workDirectory) {
        int disk = machine.disk() == null ? USUAL_DISK_GIB : diskFor(Spans.gibibytes(machine.disk()));
        return new GuestSettings(
                HostNeed.architecture(machine.architecture()),
                switch (format) {
                    case CONTAINER -> GuestSettings.Language.FILES;
                    case IGNITION -> GuestSettings.Language.IGNITION;
                    case CLOUD_INIT -> GuestSettings.Language.CLOUD_INIT;
                },
                disk * GIB,
                workDirectory,
                placement.resolversOrPublic(),
                placement.refusedNetworks());
    }
}
