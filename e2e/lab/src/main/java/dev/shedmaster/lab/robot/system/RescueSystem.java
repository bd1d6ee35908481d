package dev.shedmaster.lab.robot.system;

/** The rescue system: a Debian in memory. It is made anew at each boot and forgets all. */
public final class RescueSystem implements ServerSystem {
    private final CommandTable commands;

    public RescueSystem(BootedServer server) {
        this.commands = CommonCommands.of(server, "rescue");
    }

    @Override
    public CommandResult run(CommandCall call) {
        return commands.run(call);
    }
}
