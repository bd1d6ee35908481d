package dev.shedmaster.lab.robot.system;

import dev.shedmaster.lab.robot.disk.InstalledOs;

/** An installed system that runs. */
public final class InstalledSystem implements ServerSystem {
    private final CommandTable commands;

    public InstalledSystem(BootedServer server, InstalledOs os) {
        this.commands = CommonCommands.of(server, os.hostname());
    }

    @Override
    public CommandResult run(CommandCall call) {
        return commands.run(call);
    }
}
