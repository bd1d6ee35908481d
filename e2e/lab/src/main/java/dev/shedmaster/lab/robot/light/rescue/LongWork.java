package dev.shedmaster.lab.robot.light.rescue;

import dev.shedmaster.lab.robot.disk.ServerDisk;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.CommandResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What takes long in the rescue system and goes on by itself. To be used in a step of the account only. */
abstract class LongWork {
    final BootedServer server;
    private String said = "";
    private @Nullable Integer status;

    LongWork(BootedServer server) {
        this.server = server;
    }

    abstract void begin();

    /** How far it is. */
    final CommandResult tell() {
        Integer ended = status;
        if (ended == null) {
            return CommandResult.succeeded("going " + said + "\n");
        }
        return ended == 0 ? CommandResult.succeeded("done\n") : CommandResult.failed(ended, said + "\n");
    }

    final boolean hasEnded() {
        return status != null;
    }

    final void say(String line) {
        said = line;
    }

    final void end(int how, String line) {
        said = line;
        status = how;
    }

    /** The disk that is meant by a name for good; ends the work if there is not one. */
    final @Nullable ServerDisk diskNamed(String name) {
        ServerDisk found = null;
        for (ServerDisk disk : server.disks()) {
            if (disk.isCalled(name)) {
                if (found != null) {
                    end(
                            3,
                            "two disks are called " + name + ": " + found.spec().device() + " and "
                                    + disk.spec().device());
                    return null;
                }
                found = disk;
            }
        }
        if (found == null) {
            end(3, "no disk is called " + name);
        }
        return found;
    }

    final void cannotBeWritten(ServerDisk disk) {
        end(9, "the disk " + disk.spec().device() + " cannot be written");
    }

    /** Writes for a time; what must not happen to a disk meanwhile may happen then. */
    final void write(Duration takes, Runnable then) {
        if (server.strikes(FaultKind.WRITING_STUCK)) {
            return;
        }
        if (server.strikes(FaultKind.POWER_LOST_WHILE_WRITING)) {
            server.later(takes.dividedBy(2), server::losePower);
            return;
        }
        server.later(takes, then);
    }
}
