package dev.shedmaster.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Programs that are built from Go modules, once per machine: build.sh says how, and what it lacks. */
record BuiltBinariesSource(Surroundings surroundings, ControlPlane.Options options) implements ControlPlaneSource {

    private static final List<String> RECIPE = List.of("build.sh", "go.mod", "go.sum");

    /** Several times what it takes on two cores: others may be compiling. */
    private static final Duration ENOUGH = Duration.ofMinutes(45);

    @Override
    public String name() {
        return "a build from Go modules";
    }

    @Override
    public Offer look() {
        Command.Outcome build = build();
        if (!build.succeeded()) {
            return new Refused(reason(build));
        }
        Binaries binaries = new Binaries(Path.of(build.output().lines().toList().getLast()));
        Optional<String> shortcoming = binaries.shortcoming(options, surroundings);
        return shortcoming.isPresent()
                ? new Refused(shortcoming.get())
                : new Available(() -> LocalControlPlane.start(binaries, options, surroundings));
    }

    /** Its last word, which says why it gave up; all before has been heard as it came. */
    private static String reason(Command.Outcome build) {
        String last = build.errors().strip().lines().reduce("", (before, line) -> line);
        return build.status() == 1
                ? last.replaceFirst("^control-plane: ", "")
                : "build.sh was ended (status " + build.status() + ") at: " + last;
    }

    /** A run of build.sh: the last line of its output is the folder. */
    Command.Outcome build() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (ScratchFolder folder = ScratchFolder.in(temporary, Duration.ofDays(1))) {
            for (String file : RECIPE) {
                unpack(file, folder.path());
            }
            return new Command(
                            List.of("sh", folder.path().resolve("build.sh").toString()),
                            surroundings.variables(),
                            ENOUGH,
                            options.log())
                    .run("");
        }
    }

    private static void unpack(String file, Path folder) {
        try (InputStream content =
                Objects.requireNonNull(BuiltBinariesSource.class.getResourceAsStream("recipe/" + file), file)) {
            Files.copy(content, folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
