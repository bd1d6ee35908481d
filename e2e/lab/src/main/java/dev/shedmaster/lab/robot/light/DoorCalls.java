package dev.shedmaster.lab.robot.light;

import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.CommandCall;
import dev.shedmaster.lab.robot.system.CommandResult;
import dev.shedmaster.lab.robot.system.ServerSystem;
import java.time.Duration;
import java.util.List;

/** The operator's program that asks whatever system answers who it is, or to reboot. It comes along with each call. */
public final class DoorCalls implements ServerSystem {
    /** What the program calls itself. */
    public static final String NAME = "shedmaster-door";

    private final BootedServer server;
    private final String hostname;
    private final String generation;

    /** @param generation what the mark of the system says was installed; empty if it bears none */
    public DoorCalls(BootedServer server, String hostname, String generation) {
        this.server = server;
        this.hostname = hostname;
        this.generation = generation;
    }

    @Override
    public CommandResult run(CommandCall call) {
        List<String> arguments = call.scriptArguments();
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "look" -> CommandResult.succeeded(server.bootId() + "\n" + hostname + "\n" + generation + "\n");
            case "reboot" -> reboot(arguments.size() > 1 ? arguments.get(1) : "");
            default ->
                CommandResult.failed(
                        3,
                        "'" + (arguments.isEmpty() ? "" : arguments.getFirst())
                                + "' is nothing that can be done: look or reboot\n");
        };
    }

    private CommandResult reboot(String boot) {
        if (!boot.equals(server.bootId())) {
            return CommandResult.failed(5, "it is in another boot by now\n");
        }
        // The answer goes out first.
        server.later(Duration.ofSeconds(1), server::reboot);
        return CommandResult.succeeded("");
    }
}
