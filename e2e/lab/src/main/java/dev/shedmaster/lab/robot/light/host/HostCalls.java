package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.disk.SystemFiles;
import dev.shedmaster.lab.robot.light.ImageSource;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.light.Refusal;
import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.CommandCall;
import dev.shedmaster.lab.robot.system.CommandResult;
import dev.shedmaster.lab.robot.system.ServerSystem;
import dev.shedmaster.lab.robot.system.WorkerHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The operator's program on a host, at {@value #PATH}: it is put there by the script {@value #INSTALLATION}, and answers as the real one
 * does, whatever version of it was put there.
 */
public final class HostCalls implements ServerSystem, WorkerHost {
    public static final String PATH = "/opt/shedmaster/shedmaster-host";

    /** What the script calls itself that puts the program there. */
    public static final String INSTALLATION = "install";

    private static final String VERBS = "list, start, stop, logs, collect, probe, health, fetch, drop or version";

    private final BootedServer server;
    private final SystemFiles files;
    private final Units units;
    private final HostDocument document;
    private final HealthDocument health;
    private final Trials trials;

    public HostCalls(BootedServer server, SystemFiles files, LightOptions options, ImageSource source) {
        this.server = server;
        this.files = files;
        this.units = new Units(server, options, files, source);
        HostClock clock = new HostClock(server, options);
        Scratch scratch = new Scratch(server);
        this.document = new HostDocument(server, clock, units, scratch);
        this.health = new HealthDocument(server, clock, scratch);
        this.trials = new Trials(server, clock, scratch);
    }

    /** Puts the program there, unless the same one is there. */
    public CommandResult install(CommandCall call) {
        List<String> arguments = call.scriptArguments();
        byte[] program = input(call);
        if (arguments.size() < 2 || !arguments.getFirst().equals(PATH)) {
            return CommandResult.failed(1, "the lab knows of no such program\n");
        }
        String digest = arguments.get(1);
        return server.locked(() -> {
            boolean isThere = files.program().filter(digest::equals).isPresent() && files.isExecutable();
            if (isThere) {
                return CommandResult.succeeded("");
            }
            if (!digest(program).equals(digest)) {
                return CommandResult.failed(1, "it did not arrive whole\n");
            }
            files.putProgram(digest);
            return CommandResult.succeeded("");
        });
    }

    @Override
    public CommandResult run(CommandCall call) {
        byte[] input = input(call);
        try {
            List<String> words = call.words();
            String program = server.locked(this::program);
            if (words.size() < 2) {
                throw new Refusal(3, "say what to do: " + VERBS);
            }
            return answer(program, words.get(1), words.subList(2, words.size()), input);
        } catch (Refusal refusal) {
            return refusal.result();
        }
    }

    /** Its digest; refuses as a shell does that cannot run it. */
    private String program() {
        String digest = files.program()
                .orElseThrow(() -> new Refusal(127, "bash: line 1: " + PATH + ": No such file or directory"));
        if (!files.isExecutable()) {
            throw new Refusal(126, "bash: line 1: " + PATH + ": Permission denied");
        }
        return digest;
    }

    private CommandResult answer(String program, String verb, List<String> arguments, byte[] input) {
        return switch (verb) {
            case "list" -> said(() -> document.text(program));
            case "health" -> said(health::text);
            case "start" -> start(named(arguments), input);
            case "stop" ->
                server.locked(() -> units.stop(named(arguments), arguments.size() > 1 ? arguments.get(1) : ""));
            case "logs" -> said(() -> end(units.printed(named(arguments)), bytes(argument(arguments, 1))));
            case "collect" -> said(this::collect);
            case "probe" -> CommandResult.succeeded(trials.text(argument(arguments, 0), argument(arguments, 1)));
            case "fetch" -> fetch(ImageWish.read(input));
            case "drop" -> drop(arguments.isEmpty() ? "" : arguments.getFirst());
            case "version" -> CommandResult.succeeded(program + "\n");
            default -> throw new Refusal(3, "'" + verb + "' is nothing that can be done: " + VERBS);
        };
    }

    private CommandResult said(Supplier<String> text) {
        return CommandResult.succeeded(server.locked(text));
    }

    private static WorkerName named(List<String> arguments) {
        return WorkerName.parse(arguments.isEmpty() ? "" : arguments.getFirst());
    }

    /** As a shell says that uses what it was not given. */
    private static String argument(List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new Refusal(2, PATH + ": " + (index + 1) + ": parameter not set");
        }
        return arguments.get(index);
    }

    private static int bytes(String number) {
        try {
            return Math.max(0, Integer.parseInt(number));
        } catch (NumberFormatException none) {
            throw new Refusal(1, "tail: invalid number of bytes: '" + number + "'");
        }
    }

    private CommandResult start(WorkerName name, byte[] tar) {
        WorkerOrder order = WorkerOrder.read(name, tar);
        return server.locked(() -> units.start(order));
    }

    private CommandResult fetch(ImageWish wish) {
        return CommandResult.succeeded(server.locked(() -> units.images().fetch(wish)));
    }

    private CommandResult drop(String sha256) {
        return said(() -> {
            units.images().drop(sha256);
            return "";
        });
    }

    private String collect() {
        StringBuilder removed = new StringBuilder();
        units.dropCutOff()
                .forEach(name -> removed.append("record ").append(name).append('\n'));
        units.dropRooms().forEach(name -> removed.append("folder ").append(name).append('\n'));
        return removed.toString();
    }

    private static String end(String text, int bytes) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        return new String(Arrays.copyOfRange(all, Math.max(0, all.length - bytes), all.length), StandardCharsets.UTF_8);
    }

    private static byte[] input(CommandCall call) {
        try {
            return call.input().readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String digest(byte[] program) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(program));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public void end() {
        units.end();
    }

    @Override
    public Optional<WorkerHost> workerHost() {
        return Optional.of(this);
    }

    @Override
    public List<Worker> workers() {
        return server.locked(() -> units.all().stream().map(HostCalls::worker).toList());
    }

    private static Worker worker(WorkerUnit unit) {
        return new Worker(unit.name().text(), unit.state().word(), unit.order().number("memory"), unit.memory(), (int)
                unit.order().number("cpu"));
    }

    @Override
    public boolean kill(String worker) {
        return server.locked(() -> units.kill(worker));
    }

    @Override
    public boolean useMemory(String worker, long bytes) {
        return server.locked(() -> units.useMemory(worker, bytes));
    }
}
