package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.disk.DiskContent;
import dev.shedmaster.lab.robot.disk.ServerDisk;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.BootedServer;

/** The file system that workers' disks are on: of a disk of its own, or the system's. To be used in a step of the account only. */
final class Scratch {
    /** What images take, and what a file system keeps for itself. */
    private static final long USED = 20L << 30;

    private final BootedServer server;

    Scratch(BootedServer server) {
        this.server = server;
    }

    long bytes() {
        return server.disks().stream()
                .filter(Scratch::isOurs)
                .findFirst()
                .or(() -> server.disks().stream().findFirst())
                .map(disk -> disk.spec().bytes())
                .orElse(0L);
    }

    long freeBytes() {
        return server.strikes(FaultKind.SCRATCH_FULL) ? 0 : Math.max(0, bytes() - USED);
    }

    /** Whether it is on a disk of its own. */
    boolean isAlone() {
        return server.disks().stream().anyMatch(Scratch::isOurs);
    }

    private static boolean isOurs(ServerDisk disk) {
        return disk.content() instanceof DiskContent.FileSystem(String label) && label.equals("shedmaster");
    }
}
