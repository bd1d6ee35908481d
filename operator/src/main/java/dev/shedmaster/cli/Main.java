package dev.shedmaster.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Shedmaster's command line. */
@Command(
        name = "shedmaster",
        description = "Keeps fleets of CI workers at the size that the work needs.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        HeadStart headStart = HeadStart.of(List.of(arguments));
        System.exit(commandLine(headStart).execute(arguments));
    }

    static CommandLine commandLine(HeadStart headStart) {
        return new CommandLine(new Main())
                .addSubcommand(new RunCommand(headStart))
                .addSubcommand(new CrdsCommand())
                .addSubcommand(new GcCommand())
                .addSubcommand(new MatchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new PlainErrors());
    }
}
