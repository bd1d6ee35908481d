package dev.shedmaster.suite.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.suite.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("make mutation fails where a room of core falls below its threshold")
class MutationScoresTest {

    private static final Path SCRIPT = Path.of("..", "..", "scripts", "mutation-scores.sh");

    private static final String[] HALF_OF_PLANNING_AND_ALL_OF_LABEL = {
        mutant("planning.Ladder", "KILLED"),
        mutant("planning.Ladder$Rung", "SURVIVED"),
        mutant("label.LabelLexer", "TIMED_OUT")
    };

    @TempDir
    Path folder;

    @Test
    void aScoreAtItsThresholdWillDo() throws IOException {
        assertThat(judge("# percent\n\nlabel=100\nplanning=50\n", HALF_OF_PLANNING_AND_ALL_OF_LABEL)
                        .mustSucceed())
                .containsPattern("label +1 +1 +100\\.0% +100%\n")
                .containsPattern("planning +2 +1 +50\\.0% +50%\n");
    }

    @Test
    void oneBelowItFails() throws IOException {
        assertThat(judge("label=100\nplanning=50.1\n", HALF_OF_PLANNING_AND_ALL_OF_LABEL)
                        .mustFail())
                .contains("planning scores 50.0%, below its threshold of 50.1% in " + thresholds() + ": "
                        + folder.resolve("dev.shedmaster.core.planning/index.html") + " shows which mutants are alive")
                .doesNotContain("label scores");
    }

    @Test
    void aRoomWithoutKilledMutantsScoresNothing() throws IOException {
        assertThat(judge("leak=1\n", mutant("leak.LeakLedger", "NO_COVERAGE")).mustFail())
                .contains("leak scores 0.0%");
    }

    @Test
    void noScoreIsRoundedUpToItsThreshold() throws IOException {
        String[] mutants = new String[3000];
        for (int i = 0; i < mutants.length; i++) {
            mutants[i] = mutant("leak.LeakLedger", i == 0 ? "SURVIVED" : "KILLED");
        }
        assertThat(judge("leak=100\n", mutants).mustFail()).contains("leak scores 99.9%");
    }

    @Test
    void aRoomWithoutThresholdFails() throws IOException {
        assertThat(judge("label=100\n", HALF_OF_PLANNING_AND_ALL_OF_LABEL).mustFail())
                .contains("planning has mutants and no threshold: add planning=50 to " + thresholds());
    }

    @Test
    void soDoesAThresholdWithoutRoom() throws IOException {
        assertThat(judge("label=100\nplaning=50\nplanning=50\n", HALF_OF_PLANNING_AND_ALL_OF_LABEL)
                        .mustFail())
                .contains("planing has a threshold and no mutants in " + report() + ": take it out of " + thresholds());
    }

    @Test
    void aThresholdIsANumber() throws IOException {
        assertThat(judge("label=100\nplanning=50%\n", HALF_OF_PLANNING_AND_ALL_OF_LABEL)
                        .mustFail())
                .contains(thresholds() + ":2: \"planning=50%\" must be a room and a percentage, like planning=90.5");
    }

    @Test
    void noReportIsNoSuccess() throws IOException {
        Files.writeString(thresholds(), "");
        assertThat(compare().mustFail()).contains(report().toString());
    }

    private Path report() {
        return folder.resolve("mutations.xml");
    }

    private Path thresholds() {
        return folder.resolve("thresholds.properties");
    }

    /** As PIT 1.30 writes it, with everything in one line. */
    private static String mutant(String name, String status) {
        boolean detected = !status.equals("SURVIVED") && !status.equals("NO_COVERAGE");
        return """
                <mutation detected='%s' status='%s' numberOfTestsRun='1'><sourceFile>X.java</sourceFile>\
                <mutatedClass>dev.shedmaster.core.%s</mutatedClass><lineNumber>7</lineNumber></mutation>
                """.formatted(detected, status, name);
    }

    private Program.Outcome judge(String thresholds, String... mutants) throws IOException {
        Files.writeString(report(), "<mutations partial=\"true\">\n" + String.join("", mutants) + "</mutations>\n");
        Files.writeString(thresholds(), thresholds);
        return compare();
    }

    private Program.Outcome compare() {
        return new Program(SCRIPT, List.of(), Map.of())
                .run(report().toString(), thresholds().toString());
    }
}
