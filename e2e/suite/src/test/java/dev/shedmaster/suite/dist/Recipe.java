package dev.shedmaster.suite.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Dockerfile, as far as the project's own needs it read: stages of instructions, one a line once continued lines are
 * joined.
 */
record Recipe(List<Stage> stages) {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    /**
     * One stage.
     *
     * @param base what its FROM names
     * @param name what its FROM calls it; empty for the last
     */
    record Stage(String base, String name, List<String> instructions) {

        /** What stands behind the one instruction of that kind. */
        String only(String kind) {
            List<String> all = instructions.stream()
                    .filter(line -> line.startsWith(kind + " "))
                    .map(line -> line.substring(kind.length() + 1).strip())
                    .toList();
            if (all.size() != 1) {
                throw new AssertionError("stage " + name + " has " + all.size() + " instructions " + kind);
            }
            return all.getFirst();
        }

        /** The shell command of its one RUN, less the mounts. */
        String command() {
            return only("RUN").replaceAll("--mount=\\S+\\s+", "");
        }
    }

    static Recipe read() throws IOException {
        List<Stage> stages = new ArrayList<>();
        String joined = Files.readString(ROOT.resolve("Dockerfile")).replaceAll("\\\\\\n\\s*", "");
        for (String line : joined.lines().toList()) {
            if (line.startsWith("FROM ")) {
                String[] words = line.split(" ", -1);
                stages.add(new Stage(words[1], words.length > 3 ? words[3] : "", new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                stages.getLast().instructions().add(line);
            }
        }
        return new Recipe(List.copyOf(stages));
    }

    Stage last() {
        return stages.getLast();
    }

    Stage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stage is called " + name));
    }
}
