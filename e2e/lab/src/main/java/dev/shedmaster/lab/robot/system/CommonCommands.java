package dev.shedmaster.lab.robot.system;

import dev.shedmaster.lab.robot.fault.FaultKind;

/** What every Linux on a server knows. */
public final class CommonCommands {
    private CommonCommands() {}

    public static CommandTable of(BootedServer server, String hostname) {
        return CommandTable.empty()
                .line("hostname", _ -> hostname(server, hostname))
                .line("uname -m", _ -> CommandResult.succeeded(server.architecture() + "\n"))
                .line("cat /proc/sys/kernel/random/boot_id", _ -> CommandResult.succeeded(server.bootId() + "\n"))
                .line("reboot", _ -> reboot(server))
                .line("systemctl reboot", _ -> reboot(server));
    }

    private static CommandResult hostname(BootedServer server, String hostname) {
        return server.strikes(FaultKind.HOSTNAME_HANGS)
                ? CommandResult.never()
                : CommandResult.succeeded(hostname + "\n");
    }

    private static CommandResult reboot(BootedServer server) {
        server.reboot();
        return CommandResult.succeeded("");
    }
}
