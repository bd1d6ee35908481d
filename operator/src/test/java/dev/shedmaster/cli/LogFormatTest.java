package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The format is known before the command line is taken apart, and both agree. */
class LogFormatTest {
    @ParameterizedTest
    @CsvSource({
        "run, PLAIN",
        "run --log-format=json, JSON",
        "run --log-format json --http-port=0, JSON",
        "run --http-port=0 --log-format=JSON, JSON",
        "run --log-format=plain, PLAIN"
    })
    void isFoundWhereTheCommandLineHasIt(String line, LogFormat format) {
        List<String> arguments = List.of(line.split(" "));
        assertThat(LogFormat.in(arguments)).isEqualTo(format);
        CommandLine commandLine = Main.commandLine(HeadStart.of(List.of()));
        CommandLine run = commandLine
                .parseArgs(arguments.toArray(String[]::new))
                .subcommand()
                .commandSpec()
                .commandLine();
        assertThat(run.getCommandSpec().findOption(LogFormat.OPTION).<LogFormat>getValue())
                .isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({"run --log-format=xml", "run --log-format"})
    void whatIsNoFormatIsPlainUntilItIsRefused(String line) {
        assertThat(LogFormat.in(List.of(line.split(" ")))).isEqualTo(LogFormat.PLAIN);
    }
}
