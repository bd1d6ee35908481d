package dev.shedmaster.lab.robot;

import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.light.DoorCalls;
import dev.shedmaster.lab.robot.light.ImageSource;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.light.host.HostCalls;
import dev.shedmaster.lab.robot.light.rescue.RescueCalls;
import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.CommandCall;
import dev.shedmaster.lab.robot.system.CommandResult;
import dev.shedmaster.lab.robot.system.CommandTable;
import dev.shedmaster.lab.robot.system.CommonCommands;
import dev.shedmaster.lab.robot.system.ServerSystem;
import dev.shedmaster.lab.robot.system.SystemFoundry;
import dev.shedmaster.lab.robot.system.WorkerHost;
import java.util.Optional;

/**
 * Makes light hosts of servers: they are simulated, keep state, and speak what the operator's programs on real servers speak, in the
 * rescue system and in an installed one.
 */
public final class LightSystems implements SystemFoundry, AutoCloseable {
    private final LightOptions options;
    private final ImageSource images;

    public LightSystems(LightOptions options) {
        this.options = options;
        this.images = new ImageSource(options.sumsImages());
    }

    @Override
    public ServerSystem rescue(BootedServer server) {
        return CommonCommands.of(server, "rescue")
                .script(DoorCalls.NAME, new DoorCalls(server, "rescue", ""))
                .script(RescueCalls.NAME, new RescueCalls(server, "rescue", options, images));
    }

    @Override
    public ServerSystem installed(BootedServer server, InstalledOs os) {
        HostCalls host = new HostCalls(server, os.files(), options, images);
        CommandTable commands = CommonCommands.of(server, os.hostname())
                .line("cat /etc/shedmaster/host", _ -> mark(os))
                .script(DoorCalls.NAME, new DoorCalls(server, os.hostname(), os.generation()))
                .script(RescueCalls.NAME, new RescueCalls(server, os.hostname(), options, images))
                .script(HostCalls.INSTALLATION, host::install)
                .program(HostCalls.PATH, host);
        return new Installed(commands, host);
    }

    private static CommandResult mark(InstalledOs os) {
        return os.owner().isEmpty()
                ? CommandResult.failed(1, "cat: /etc/shedmaster/host: No such file or directory\n")
                : CommandResult.succeeded("owner " + os.owner() + "\ngeneration " + os.generation() + "\n");
    }

    /** An installed system: what it knows, and what runs in it. */
    private record Installed(CommandTable commands, HostCalls host) implements ServerSystem {
        @Override
        public CommandResult run(CommandCall call) {
            return commands.run(call);
        }

        @Override
        public void end() {
            host.end();
        }

        @Override
        public Optional<WorkerHost> workerHost() {
            return host.workerHost();
        }
    }

    @Override
    public void close() {
        images.close();
    }
}
