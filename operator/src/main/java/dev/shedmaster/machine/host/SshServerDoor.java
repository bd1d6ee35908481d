package dev.shedmaster.machine.host;

import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.port.ServerDoor;
import dev.shedmaster.ssh.SshCommand;
import dev.shedmaster.ssh.SshConnection;
import dev.shedmaster.ssh.SshResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Knocks at one server over SSH, by a program of shell that is passed along with each call. */
public final class SshServerDoor implements ServerDoor {
    private static final String PROGRAM = Chapters.joined("door", List.of("door"));
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_OUTPUT_BYTES = 64 * 1024;
    private static final int ANOTHER_BOOT = 5;

    /** What Hetzner's rescue system calls itself. */
    private static final String RESCUE = "rescue";

    private final SshConnection connection;

    /**
     * Knocks at one server.
     *
     * @param connection to it, which is closed with this
     */
    public SshServerDoor(SshConnection connection) {
        this.connection = connection;
    }

    @Override
    public Shell look() {
        return switch (call("look")) {
            case SshResult.Ended(int status, String output, String complaint)
            when status == 0 && output.lines().count() >= 2 ->
                system(output.lines().toList());
            case SshResult.Ended(int status, String output, String complaint) ->
                new Shell.Silent("its shell does not say who it is"
                        + (complaint.isEmpty() ? " (status " + status + ")" : ": " + complaint));
            case SshResult.HostKeyChanged changed -> new Shell.Stranger(changed.seen());
            case SshResult.KeyRejected rejected -> new Shell.Locked(rejected.message());
            case SshResult.Failed failed -> new Shell.Silent(failed.message());
        };
    }

    private static Shell system(List<String> lines) {
        String boot = lines.getFirst().strip();
        return lines.get(1).strip().equals(RESCUE)
                ? new Shell.InRescue(boot)
                : new Shell.InSystem(boot, lines.size() > 2 ? lines.get(2).strip() : "");
    }

    @Override
    public Outcome<Nothing> reboot(String bootId) {
        SshResult result = call("reboot", bootId);
        return result instanceof SshResult.Ended(int status, String output, String complaint) && status == ANOTHER_BOOT
                ? Outcome.failed(new PortError.NotFound(complaint))
                : HostAnswers.nothing(result);
    }

    private SshResult call(String verb, String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", PROGRAM, "shedmaster-door", verb));
        words.addAll(List.of(arguments));
        return connection.run(new SshCommand("door-" + verb, words, CALL_TIMEOUT, MAX_OUTPUT_BYTES));
    }

    @Override
    public void close() {
        connection.close();
    }
}
