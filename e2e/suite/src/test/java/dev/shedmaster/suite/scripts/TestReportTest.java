package dev.shedmaster.suite.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.suite.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What make test says at its end is what happened")
class TestReportTest {

    private static final String PASSED = "<testcase classname='a.FooTest' name='works' time='1,234.5'/>";
    private static final String SKIPPED = """
            <testcase classname='a.FooTest' name='pulls' time='0.1'>
              <skipped message='no Docker engine answers&#10;at all' type='x'><![CDATA[a stack]]></skipped>
            </testcase>
            """;
    private static final String FAILED = """
            <testcase classname='a.b.FooTest' name='counts' time='0.1'>
              <failure message='expected 1' type='x'><![CDATA[expected 1 but was 2
                at a.b.FooTest.counts(FooTest.java:7)]]></failure>
            </testcase>
            """;

    /** The JDK would run it from source as well; once compiled it is quicker to ask again and again. */
    @TempDir
    static Path compiled;

    @TempDir
    Path repository;

    @BeforeAll
    static void compile() {
        new Program(Path.of(System.getProperty("java.home"), "bin", "javac"), List.of(), Map.of())
                .run(
                        "-d",
                        compiled.toString(),
                        Path.of("..", "..", "scripts", "TestReport.java").toString())
                .mustSucceed();
    }

    private Path reports() throws IOException {
        return Files.createDirectories(repository.resolve("module/target/surefire-reports"));
    }

    @BeforeEach
    void noPartIsSkipped() throws IOException {
        Files.writeString(repository.resolve("skips.txt"), "");
    }

    @Test
    void allPassed() throws IOException {
        report("TEST-a.FooTest.xml", PASSED + PASSED);
        assertThat(tell().mustSucceed())
                .endsWith("\n2 passed, 0 failed, 0 skipped\n")
                .contains("1234.5 s  FooTest.works")
                .doesNotContain("Skipped\n");
    }

    @Test
    void aSkippedOneIsCountedWithItsReason() throws IOException {
        report("TEST-a.FooTest.xml", PASSED + SKIPPED);
        assertThat(tell().mustSucceed())
                .contains("Skipped\n  FooTest.pulls: no Docker engine answers\n")
                .endsWith("\n1 passed, 0 failed, 1 skipped\n");
    }

    @Test
    void soIsAPartThatTheMachineCannotRun() throws IOException {
        report("TEST-a.FooTest.xml", PASSED);
        Files.writeString(repository.resolve("skips.txt"), "the scripts: there is no shellcheck\n");
        assertThat(tell().mustSucceed())
                .contains("  the scripts: there is no shellcheck\n")
                .endsWith("\n1 passed, 0 failed, 1 skipped\n");
    }

    @Test
    void aFailureIsToldWholeWithWhatWasPrinted() throws IOException {
        report("TEST-a.b.FooTest.xml", FAILED + PASSED);
        Files.writeString(reports().resolve("a.b.FooTest-output.txt"), "a word of the operator\n");
        assertThat(tell().mustFail())
                .contains("FAILED a.b.FooTest.counts")
                .contains("expected 1 but was 2")
                .contains("at a.b.FooTest.counts(FooTest.java:7)")
                .contains("a word of the operator")
                .endsWith("\n1 passed, 1 failed, 0 skipped\n");
    }

    @Test
    void anErrorIsAFailure() throws IOException {
        report("TEST-a.b.FooTest.xml", FAILED.replace("failure", "error"));
        assertThat(tell().mustFail()).endsWith("\n0 passed, 1 failed, 0 skipped\n");
    }

    @Test
    void aReportThatBreaksOffIsAFailure() throws IOException {
        report("TEST-a.FooTest.xml", PASSED);
        Files.writeString(reports().resolve("TEST-a.BarTest.xml"), "<testsuite><testcase classna");
        assertThat(tell().mustFail()).endsWith("\n1 passed, 1 failed, 0 skipped\n");
    }

    @Test
    void noTestAtAllIsNoSuccess() {
        assertThat(tell().mustFail()).endsWith("0 passed, 0 failed, 0 skipped\n");
    }

    @Test
    void onlySkippedOnesAreNoSuccess() throws IOException {
        report("TEST-a.FooTest.xml", SKIPPED);
        assertThat(tell().mustFail()).endsWith("\n0 passed, 0 failed, 1 skipped\n");
    }

    private void report(String name, String cases) throws IOException {
        Files.writeString(reports().resolve(name), "<testsuite name='x'>" + cases + "</testsuite>");
    }

    private Program.Outcome tell() {
        return new Program(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        List.of("-XX:TieredStopAtLevel=1", "-cp", compiled.toString(), "TestReport"),
                        Map.of())
                .run(repository.resolve("skips.txt").toString(), repository.toString());
    }
}
