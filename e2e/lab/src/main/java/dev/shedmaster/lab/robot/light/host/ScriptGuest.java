package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.ShellLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A line of shell in a container that has little more than a shell. It knows {@code echo}, {@code cat}, {@code sleep}, {@code exit},
 * {@code true} and {@code false}, one after the other with semicolons between them.
 */
final class ScriptGuest implements WorkerGuest {
    private static final String FILES = "/run/shedmaster/";

    private final BootedServer server;
    private final Map<String, byte[]> files;
    private final Deque<String> statements;
    private final Watch watch;
    private final List<String> printed = new ArrayList<>();
    private int status;
    private boolean isCut;

    ScriptGuest(BootedServer server, String script, Map<String, byte[]> files, Watch watch) {
        this.server = server;
        this.files = files;
        this.statements = new ArrayDeque<>(Arrays.asList(script.split(";", -1)));
        this.watch = watch;
    }

    @Override
    public void boot() {
        goOn();
    }

    private void goOn() {
        while (!isCut && !statements.isEmpty()) {
            List<String> words = ShellLine.words(statements.remove());
            switch (words.isEmpty() ? "true" : words.getFirst()) {
                case "exit" -> {
                    end(words.size() > 1 ? Integer.parseInt(words.get(1)) : status);
                    return;
                }
                case "sleep" -> {
                    server.later(Duration.ofSeconds(Long.parseLong(words.get(1))), this::goOn);
                    return;
                }
                default -> status = done(words);
            }
        }
        end(status);
    }

    private int done(List<String> words) {
        return switch (words.isEmpty() ? "true" : words.getFirst()) {
            case "true" -> 0;
            case "false" -> 1;
            case "echo" -> print(String.join(" ", words.subList(1, words.size())), 0);
            case "cat" -> cat(words.get(1));
            default -> print("sh: " + words.getFirst() + ": not found", 127);
        };
    }

    private int print(String line, int how) {
        printed.add(line);
        return how;
    }

    private int cat(String path) {
        byte[] file = path.startsWith(FILES) ? files.get(path.substring(FILES.length())) : null;
        if (file == null) {
            return print("cat: can't open '" + path + "': No such file or directory", 1);
        }
        new String(file, StandardCharsets.UTF_8).lines().forEach(printed::add);
        return 0;
    }

    private void end(int how) {
        if (!isCut) {
            isCut = true;
            watch.exited(how);
        }
    }

    @Override
    public void cut() {
        isCut = true;
    }

    @Override
    public List<String> printed() {
        return List.copyOf(printed);
    }
}
