package dev.shedmaster.suite.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operator as users run it: its own Java process with its own credentials, logging to a file. */
public final class OperatorProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Serving metrics and health on port (\\d+)");
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(45);

    /** A Ctrl-C in the terminal is for us, who then end it in order. */
    private static final List<String> IN_A_SESSION_OF_ITS_OWN =
            Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private OperatorProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the operator from the classes of this program, which are the newest.
     *
     * @param kubeconfig whose rights it has
     * @param environment further variables
     * @param namespace where it runs
     * @param served the namespaces that it serves; none: all
     * @param log takes what it says
     * @param arguments more of them for {@code run}; without {@code --http-port} it serves on any port
     */
    public static OperatorProcess start(
            Path kubeconfig,
            Map<String, String> environment,
            String namespace,
            List<String> served,
            Path log,
            List<String> javaOptions,
            List<String> arguments) {
        List<String> program = new ArrayList<>();
        program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        program.add("-XX:+UseSerialGC");
        program.add("-XX:TieredStopAtLevel=1");
        program.addAll(javaOptions);
        program.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.shedmaster.cli.Main"));
        return start(program, environment, kubeconfig, namespace, served, log, arguments);
    }

    /**
     * Starts the operator as it was packaged, which is what users install.
     *
     * @param launcher the packaged {@code bin/shedmaster}
     */
    public static OperatorProcess startPackaged(
            Path launcher,
            Path kubeconfig,
            Map<String, String> environment,
            String namespace,
            List<String> served,
            Path log,
            List<String> arguments) {
        return start(List.of(launcher.toString()), environment, kubeconfig, namespace, served, log, arguments);
    }

    private static OperatorProcess start(
            List<String> program,
            Map<String, String> environment,
            Path kubeconfig,
            String namespace,
            List<String> served,
            Path log,
            List<String> arguments) {
        List<String> command = new ArrayList<>(IN_A_SESSION_OF_ITS_OWN);
        command.addAll(program);
        command.add("run");
        if (!arguments.contains("--http-port")) {
            command.addAll(List.of("--http-port", "0"));
        }
        if (!served.isEmpty()) {
            command.addAll(List.of("--namespaces", String.join(",", served)));
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("POD_NAMESPACE", namespace);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new OperatorProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("the operator cannot be started", e);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Its exit code; empty while it runs. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    public Path logFile() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    /** What it has said so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it serves metrics and health, once it does. */
    public Optional<URI> address() {
        Matcher matcher = PORT.matcher(log());
        String port = null;
        while (matcher.find()) {
            port = matcher.group(1);
        }
        return Optional.ofNullable(port).map(found -> URI.create("http://127.0.0.1:" + found));
    }

    /** The answer of one of its pages; empty while it does not serve yet. */
    public Optional<HttpResponse<String>> get(String path) {
        return address().flatMap(address -> {
            try {
                return Optional.of(http.send(
                        HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString()));
            } catch (IOException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        });
    }

    public boolean isReady() {
        return get("/readyz").filter(answer -> answer.statusCode() == 200).isPresent();
    }

    /** Ends it as a power failure does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Lets it stand still, as a node that is starved does; its leases run out meanwhile. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on as if nothing had happened. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " " + pid() + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it as Kubernetes does, and returns its exit code. */
    public int stop() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        http.close();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
