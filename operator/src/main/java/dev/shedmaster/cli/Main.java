package dev.shedmaster.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Shedmaster's command line. */
@Command(
        name = "shedmaster",
        description = "Keeps fleets of CI workers at the size that the work needs.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        subcommands = {RunCommand.class, CrdsCommand.class, GcCommand.class, MatchCommand.class})
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new PlainErrors());
    }
}
