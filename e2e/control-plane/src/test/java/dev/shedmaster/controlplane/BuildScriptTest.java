package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** build.sh with a compiler that only pretends, so that hours of its life pass in moments. */
class BuildScriptTest {

    private static final Path SCRIPT = Path.of("build.sh").toAbsolutePath();

    /** Answers what build.sh asks of Go; a build writes a program, and a line into builds.txt. */
    private static final String GO = """
            case $1 in
            env) case $2 in GOVERSION) echo go1.26.0 ;; GOHOSTOS) echo linux ;; GOHOSTARCH) echo amd64 ;; esac ;;
            build)
                while [ $# -gt 0 ]; do
                    [ "$1" != -o ] || out=$2
                    shift
                done
                echo "$out" >>"$BUILDS"
                while [ -e "$BUILDS.wait" ]; do sleep 0.1; done
                [ ! -e "$BUILDS.fail" ] || { echo 'no required module provides package' >&2; exit 1; }
                echo '#!/bin/sh' >"$out"
                chmod 755 "$out" ;;
            esac
            """;

    @TempDir
    private Path folder;

    private Path builds;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void pretend() {
        builds = folder.resolve("builds.txt");
        Refusals.program(folder.resolve("bin"), "go", GO);
        variables.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        variables.put("HOME", folder.toString());
        variables.put("BUILDS", builds.toString());
    }

    @Test
    void buildsOnceOutsideOfTheCheckoutAndNamesTheFolderLast() {
        Command.Outcome first = run();
        Path target = target(first);
        assertThat(target)
                .startsWith(folder.resolve(".cache/shedmaster/control-plane"))
                .endsWith(Path.of("k8s", PinnedRelease.kubernetes() + "-linux-amd64"));
        assertThat(names(target))
                .containsExactlyInAnyOrder("etcd", "helm", "kube-apiserver", "kube-controller-manager", "kubectl");
        assertThat(first.errors()).contains("etcd (1 of 5), ").contains("kube-controller-manager (5 of 5), ");

        Command.Outcome second = run();
        assertThat(target(second)).isEqualTo(target);
        assertThat(second.errors()).isEmpty();
        assertThat(lines(builds)).hasSize(5);
    }

    @Test
    void aFolderThatLacksAProgramIsBuiltAgain() throws IOException {
        Path target = target(run());
        Files.delete(target.resolve("helm"));
        assertThat(target(run())).isEqualTo(target);
        assertThat(target.resolve("helm")).exists();
    }

    @Test
    void withoutGoItSaysInOneLineWhatToInstall() throws IOException {
        // The machine's own Go may lie beside all other programs, so here are those that are needed, and no more.
        Path dirname = new Surroundings(System.getenv()).program("dirname").orElseThrow();
        Files.createSymbolicLink(Files.createDirectory(folder.resolve("few")).resolve("dirname"), dirname);
        variables.put("PATH", folder.resolve("few").toString());
        Command.Outcome outcome = run();
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.errors().lines()).hasSize(1).first().asString().contains("install Go 1.26 or newer");
    }

    @Test
    void anOldGoIsNamed() {
        Refusals.program(folder.resolve("bin"), "go", "echo 'go: go.mod requires go >= 1.26.0' >&2; exit 1");
        assertThat(run().errors())
                .isEqualTo(
                        "control-plane: install Go 1.26 or newer (https://go.dev/dl/): go: go.mod requires go >= 1.26.0");
    }

    @Test
    void twoAtOnceBuildOnce() throws IOException {
        Path wait = Files.createFile(Path.of(builds + ".wait"));
        List<CompletableFuture<Command.Outcome>> both = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::run, Thread::startVirtualThread))
                .toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(builds));
        Files.delete(wait);
        List<Command.Outcome> outcomes =
                both.stream().map(CompletableFuture::join).toList();
        assertThat(outcomes).allMatch(Command.Outcome::succeeded);
        assertThat(target(outcomes.getFirst())).isEqualTo(target(outcomes.getLast()));
        assertThat(lines(builds)).hasSize(5);
    }

    @Test
    void aBuildThatIsKilledLeavesNothingThatCountsAndTheNextOneGoesOn() throws IOException, InterruptedException {
        Path wait = Files.createFile(Path.of(builds + ".wait"));
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", SCRIPT.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(variables);
        Process killed = builder.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(builds));
        List<ProcessHandle> all = new ArrayList<>(killed.descendants().toList());
        killed.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        Files.delete(wait);

        Path target = target(run());
        assertThat(names(target)).hasSize(5);
        Path key = target.resolve("../..").normalize();
        assertThat(names(key)).as("what the killed one left is gone").noneMatch(name -> name.startsWith("building"));
    }

    @Test
    void whatGoSaysOfAFailureIsShownAndNothingIsLeft() throws IOException {
        Files.createFile(Path.of(builds + ".fail"));
        Command.Outcome outcome = run();
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.errors())
                .contains("no required module provides package")
                .contains("go could not build etcd; the whole log is ");
        Files.delete(Path.of(builds + ".fail"));
        assertThat(run().succeeded()).isTrue();
    }

    @Test
    void aHomeThatIsMissingOrNotToBeWrittenToIsMadeUpFor() {
        Path temporary = folder.resolve("tmp");
        assertThat(temporary.toFile().mkdir()).isTrue();
        variables.put("TMPDIR", temporary.toString());
        variables.put("HOME", "/proc/nowhere");
        assertThat(target(run())).startsWith(temporary);
        variables.remove("HOME");
        assertThat(target(run())).startsWith(temporary);
        variables.put("XDG_CACHE_HOME", "not/absolute");
        assertThat(target(run())).startsWith(temporary);
        variables.put("XDG_CACHE_HOME", folder.resolve("with a space").toString());
        assertThat(target(run())).startsWith(folder.resolve("with a space"));
    }

    @Test
    void aStrictUmaskDoesNotKeepTheBuildOut() {
        Command.Outcome outcome = run("/bin/sh", "-c", "umask 777; exec /bin/sh \"$0\"", SCRIPT.toString());
        assertThat(names(target(outcome))).hasSize(5);
    }

    private Command.Outcome run() {
        return run("/bin/sh", SCRIPT.toString());
    }

    private Command.Outcome run(String... line) {
        return new Command(List.of(line), variables, Duration.ofSeconds(60), text -> {}).run("");
    }

    private static Path target(Command.Outcome outcome) {
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        return Path.of(outcome.output().lines().toList().getLast());
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
