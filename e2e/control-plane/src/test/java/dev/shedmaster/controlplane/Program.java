package dev.shedmaster.controlplane;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program as a test runs it. */
record Program(Path path, List<String> first) {

    Program(Path path) {
        this(path, List.of());
    }

    Command.Outcome run(String... arguments) {
        return command(arguments).run("");
    }

    String output(String... arguments) {
        return command(arguments).output();
    }

    Command command(String... arguments) {
        List<String> line = new ArrayList<>(List.of(path.toString()));
        line.addAll(first);
        line.addAll(List.of(arguments));
        return Command.of(new Surroundings(System.getenv()), line.toArray(String[]::new));
    }
}
