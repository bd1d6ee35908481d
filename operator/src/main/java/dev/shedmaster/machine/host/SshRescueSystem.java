package dev.shedmaster.machine.host;

import dev.shedmaster.core.host.Trouble;
import dev.shedmaster.core.host.TroubleKind;
import dev.shedmaster.port.Installation;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.port.RescueSystem;
import dev.shedmaster.ssh.SshCommand;
import dev.shedmaster.ssh.SshConnection;
import dev.shedmaster.ssh.SshResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Works in one server's rescue system over SSH, by a program of shell that is passed along with each call. */
public final class SshRescueSystem implements RescueSystem {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_OUTPUT_BYTES = 1024 * 1024;
    /** The chapters of the program, in their order. */
    private static final List<String> CHAPTERS =
            List.of("common", "look", "job", "clear", "install", "raw", "installimage", "flatcar", "wipe", "main");

    private static final String PROGRAM = bundled();

    private static final int DONE = 0;
    private static final int WRONG_ORDER = 3;
    private static final int ANOTHER_BOOT = 5;
    /** What the program says by its exit status of work that has failed. */
    private static final Map<Integer, TroubleKind> TROUBLES = Map.of(
            1, TroubleKind.INSTALL_FAILED,
            7, TroubleKind.IMAGE_UNREACHABLE,
            8, TroubleKind.IMAGE_UNUSABLE,
            9, TroubleKind.DISK_BROKEN);

    private final SshConnection connection;

    /**
     * Works in one rescue system.
     *
     * @param connection to it, which is closed with this
     */
    public SshRescueSystem(SshConnection connection) {
        this.connection = connection;
    }

    @Override
    public Outcome<RescueReport> inspect() {
        return text(call("inspect", "")).then(RescueDocument::read).map(RescueDocument::report);
    }

    @Override
    public Outcome<RescueReport> examine() {
        return text(call("disks", "")).then(RescueDocument::read).map(RescueDocument::report);
    }

    @Override
    public Outcome<Progress> install(Installation order) {
        return RescueOrder.of(order).then(text -> progress(call("install", text)));
    }

    @Override
    public Outcome<List<String>> hostKeys() {
        return text(call("keys", ""))
                .map(lines -> lines.lines().filter(line -> !line.isBlank()).toList());
    }

    @Override
    public Outcome<Progress> wipe() {
        return progress(call("wipe", ""));
    }

    @Override
    public void close() {
        connection.close();
    }

    private SshResult call(String verb, String input) {
        List<String> words = List.of("sh", "-c", PROGRAM, "shedmaster-rescue", verb);
        return connection.run(new SshCommand(
                "rescue-" + verb, words, input.getBytes(StandardCharsets.UTF_8), CALL_TIMEOUT, MAX_OUTPUT_BYTES));
    }

    private static Outcome<Progress> progress(SshResult result) {
        if (result instanceof SshResult.Ended(int status, String output, String complaint)
                && TROUBLES.containsKey(status)) {
            return Outcome.done(new Progress.Failed(new Trouble(TROUBLES.get(status), complaint)));
        }
        return text(result)
                .map(said -> said.strip().equals("done")
                        ? new Progress.Done()
                        : new Progress.Going(said.strip().replaceFirst("^going ?", "")));
    }

    private static Outcome<String> text(SshResult result) {
        return switch (result) {
            case SshResult.Ended ended when ended.status() == DONE -> Outcome.done(ended.output());
            case SshResult.Ended(int status, String output, String complaint) ->
                Outcome.failed(meaning(status, complaint));
            case SshResult.Failed failed -> HostAnswers.ended(failed).map(SshResult.Ended::output);
        };
    }

    private static PortError meaning(int status, String complaint) {
        String said = complaint.isEmpty() ? "the rescue system's shell failed with status " + status : complaint;
        return switch (status) {
            case WRONG_ORDER -> new PortError.Invalid("order", said);
            case ANOTHER_BOOT -> new PortError.NotFound(said);
            default -> new PortError.Transient(said);
        };
    }

    /** The program, as this operator brings it along. */
    static String bundled() {
        return Chapters.joined("rescue", CHAPTERS);
    }
}
