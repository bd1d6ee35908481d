package dev.shedmaster.machine.host;

import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.ssh.SshCommand;
import dev.shedmaster.ssh.SshConnection;
import dev.shedmaster.ssh.SshResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Calls {@code shedmaster-host} on one server, over SSH. */
public final class SshHostDriver implements HostDriver {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    /** Waits for others' turns, makes a network, and QEMU's disk. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    /** A guest's minute to shut down, systemd's to end what is left, and the removal. */
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(3);

    private static final int MAX_REPORT_BYTES = 4 * 1024 * 1024;
    private static final int MAX_LOG_BYTES = 1024 * 1024;

    /**
     * Whole or not at all: a program that arrived in part has another digest, and is not put in the place of the old
     * one.
     */
    private static final String INSTALLATION = """
            set -eu
            umask 022
            [ ! -x "$1" ] || [ "$(sha256sum < "$1" | cut -c 1-64)" != "$2" ] || exit 0
            mkdir -p "${1%/*}"
            new=$(mktemp "$1.XXXXXX")
            trap 'rm -f "$new"' EXIT
            cat > "$new"
            [ "$(sha256sum < "$new" | cut -c 1-64)" = "$2" ] || { echo "it did not arrive whole" >&2; exit 1; }
            chmod 755 "$new"
            mv -f "$new" "$1"
            """;

    private final SshConnection connection;
    private final String installation;
    private final HostProgram program = HostProgram.bundled();
    private final InstantSource clock;

    /**
     * Drives one server.
     *
     * @param connection to it, which is closed with this
     * @param installation whose workers may be stopped
     */
    public SshHostDriver(SshConnection connection, String installation, InstantSource clock) {
        this.connection = connection;
        this.installation = installation;
        this.clock = clock;
    }

    @Override
    public Outcome<Nothing> install() {
        List<String> words = List.of("sh", "-c", INSTALLATION, "install", HostProgram.PATH, program.digest());
        return HostAnswers.nothing(
                connection.run(new SshCommand("install", words, program.bytes(), CALL_TIMEOUT, MAX_LOG_BYTES)));
    }

    @Override
    public Outcome<HostReport> list() {
        Instant asked = clock.instant();
        return text(call(CALL_TIMEOUT, MAX_REPORT_BYTES, "list"))
                .then(said -> ReportDocument.read(said, program.digest()))
                .map(document -> document.report(asked, clock.instant(), program.digest()));
    }

    @Override
    public Outcome<Nothing> start(HostOrder order) {
        return OrderArchive.of(order)
                .then(archive -> HostAnswers.nothing(connection.run(new SshCommand(
                        "start",
                        List.of(HostProgram.PATH, "start", order.name()),
                        archive,
                        START_TIMEOUT,
                        MAX_LOG_BYTES))));
    }

    @Override
    public Outcome<Nothing> stop(String worker) {
        return HostAnswers.nothing(call(STOP_TIMEOUT, MAX_LOG_BYTES, "stop", worker, installation));
    }

    @Override
    public Outcome<String> logs(String worker, int maxBytes) {
        int bytes = Math.clamp(maxBytes, 0, MAX_LOG_BYTES);
        return text(call(CALL_TIMEOUT, MAX_LOG_BYTES, "logs", worker, Integer.toString(bytes)));
    }

    @Override
    public Outcome<List<HostRemnant>> collect() {
        return text(call(START_TIMEOUT, MAX_REPORT_BYTES, "collect"))
                .map(lines -> lines.lines().map(SshHostDriver::remnant).toList());
    }

    @Override
    public Outcome<List<HostProbe>> probe(String peer, int port) {
        return text(call(START_TIMEOUT, MAX_REPORT_BYTES, "probe", peer, Integer.toString(port)))
                .map(lines -> lines.lines().map(SshHostDriver::probed).toList());
    }

    @Override
    public Outcome<Fetching> fetch(ImageOrder order) {
        String lines = "name %s\nsha256 %s\nformat %s\nurl %s\n"
                .formatted(order.name(), order.sha256(), order.format(), order.url());
        return text(connection.run(new SshCommand(
                        "fetch",
                        List.of(HostProgram.PATH, "fetch"),
                        lines.getBytes(StandardCharsets.UTF_8),
                        CALL_TIMEOUT,
                        MAX_LOG_BYTES)))
                .then(SshHostDriver::fetching);
    }

    @Override
    public Outcome<Nothing> drop(String sha256) {
        return HostAnswers.nothing(call(START_TIMEOUT, MAX_LOG_BYTES, "drop", sha256));
    }

    @Override
    public Outcome<HardwareReport> health() {
        return text(call(CALL_TIMEOUT, MAX_REPORT_BYTES, "health"))
                .then(HealthDocument::read)
                .map(HealthDocument::report);
    }

    @Override
    public void close() {
        connection.close();
    }

    private SshResult call(Duration timeout, int maxOutput, String verb, String... arguments) {
        List<String> words = Stream.concat(Stream.of(HostProgram.PATH, verb), Stream.of(arguments))
                .toList();
        return connection.run(new SshCommand(verb, words, timeout, maxOutput));
    }

    private static Outcome<String> text(SshResult result) {
        return HostAnswers.ended(result).map(SshResult.Ended::output);
    }

    private static Outcome<Fetching> fetching(String said) {
        return switch (said.strip()) {
            case "done" -> Outcome.done(Fetching.DONE);
            case "going" -> Outcome.done(Fetching.GOING);
            default ->
                Outcome.failed(
                        new PortError.Transient("the server does not say how far the image is: " + said.strip()));
        };
    }

    private static HostRemnant remnant(String line) {
        int space = line.indexOf(' ');
        return space < 0
                ? new HostRemnant(line, "")
                : new HostRemnant(line.substring(0, space), line.substring(space + 1));
    }

    private static HostProbe probed(String line) {
        String[] words = line.split(" ", 3);
        return new HostProbe(
                words[0], words.length > 1 && words[1].equals("ok"), words.length > 2 ? words[2].strip() : "");
    }
}
