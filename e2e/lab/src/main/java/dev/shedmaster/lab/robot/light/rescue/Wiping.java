package dev.shedmaster.lab.robot.light.rescue;

import dev.shedmaster.lab.robot.disk.DiskContent;
import dev.shedmaster.lab.robot.disk.ServerDisk;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.BootedServer;
import java.time.Duration;

/** All disks are made blank, one after the other. */
final class Wiping extends LongWork {
    private final Duration perDisk;

    Wiping(BootedServer server, Duration perDisk) {
        super(server);
        this.perDisk = perDisk;
    }

    @Override
    void begin() {
        wipe(0);
    }

    private void wipe(int index) {
        if (index == server.disks().size()) {
            end(0, "wiped");
            return;
        }
        ServerDisk disk = server.disks().get(index);
        say("wiping " + disk.spec().device());
        if (server.strikes(FaultKind.DISK_UNWRITABLE)) {
            cannotBeWritten(disk);
            return;
        }
        disk.write(new DiskContent.Rubble());
        write(perDisk, () -> {
            disk.write(new DiskContent.Blank());
            wipe(index + 1);
        });
    }
}
