package dev.shedmaster.ssh;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to a server, over which many commands run at once. It is made when a command needs it, kept, and
 * made anew when it has broken; a command itself is run once at most. May be used from many threads; its calls block.
 */
public final class SshConnection implements AutoCloseable {
    /** OpenSSH allows ten on one connection if nobody has said otherwise. */
    private static final int COMMANDS_AT_ONCE = 8;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(15);

    /**
     * Servers lock out who knocks with a wrong key again and again, and who has another key now has it in a second as
     * well.
     */
    private static final Duration PAUSE_AFTER_REJECTION = Duration.ofMinutes(5);

    private static final int MAX_COMPLAINT_BYTES = 8 * 1024;

    private final SshClient client;
    private final SshServer server;
    private final HostKeyPins pins;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Semaphore places = new Semaphore(COMMANDS_AT_ONCE, true);
    private final ReentrantLock connecting = new ReentrantLock();

    private @Nullable ClientSession session;
    private @Nullable Rejection rejection;
    private boolean isClosed;

    private record Rejection(SshResult.Failed failure, Instant until) {}

    SshConnection(SshClient client, SshServer server, InstantSource clock, MeterRegistry meters) {
        this.client = client;
        this.server = server;
        this.clock = clock;
        this.meters = meters;
        this.pins = HostKeyPins.of(server.hostKeys());
    }

    /** Runs a command once. It ends within its own time-out and those of connecting and of waiting for a place. */
    public SshResult run(SshCommand command) {
        Timer.Sample sample = Timer.start(meters);
        SshResult result = new SshResult.Broken(command.operation() + " at " + server + " was given up");
        try {
            result = inPlace(command);
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result;
        } finally {
            sample.stop(Timer.builder("shedmaster.ssh.commands")
                    .description("Commands on servers of our own")
                    .tag("operation", command.operation())
                    .tag("result", word(result))
                    .register(meters));
        }
    }

    private SshResult inPlace(SshCommand command) throws InterruptedException {
        if (!places.tryAcquire(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
            return new SshResult.Unreachable(
                    command.operation() + " at " + server + " has not begun: other commands take all places");
        }
        try {
            return switch (connected()) {
                case Link(ClientSession open) -> new SshRun(open, server, command).result();
                case NoLink(SshResult.Failed failure) -> failure;
            };
        } finally {
            places.release();
        }
    }

    private sealed interface Connected {}

    private record Link(ClientSession session) implements Connected {}

    private record NoLink(SshResult.Failed failure) implements Connected {}

    private Connected connected() {
        connecting.lock();
        try {
            ClientSession known = session;
            if (known != null && known.isAuthenticated() && known.isOpen()) {
                return new Link(known);
            }
            if (isClosed) {
                return new NoLink(new SshResult.Unreachable("the connection to " + server + " was given up"));
            }
            Rejection standing = rejection;
            if (standing != null && clock.instant().isBefore(standing.until())) {
                return new NoLink(standing.failure());
            }
            return connect();
        } finally {
            connecting.unlock();
        }
    }

    private Connected connect() {
        HostKeyPins pinned = pins.forOneConnection();
        ClientSession opened = null;
        boolean isOurs = false;
        try {
            opened = client.connect(server.user(), server.address(), server.port(), pinned.asContext(), null)
                    .verify(CONNECT_TIMEOUT)
                    .getSession();
            opened.addPublicKeyIdentity(server.identity().pair());
            opened.auth().verify(LOGIN_TIMEOUT);
            isOurs = true;
            session = opened;
            rejection = null;
            return new Link(opened);
        } catch (IOException | RuntimeException e) {
            return new NoLink(remembered(ConnectFailure.of(e, server, pinned, opened != null)));
        } finally {
            if (!isOurs && opened != null) {
                opened.close(true);
            }
        }
    }

    private SshResult.Failed remembered(SshResult.Failed failure) {
        if (failure instanceof SshResult.KeyRejected || failure instanceof SshResult.HostKeyChanged) {
            rejection = new Rejection(failure, clock.instant().plus(PAUSE_AFTER_REJECTION));
        }
        return failure;
    }

    private static String word(SshResult result) {
        return switch (result) {
            case SshResult.Ended ended -> Integer.toString(ended.status());
            case SshResult.Unreachable unreachable -> "unreachable";
            case SshResult.Refused refused -> "refused";
            case SshResult.KeyRejected rejected -> "key-rejected";
            case SshResult.HostKeyChanged changed -> "host-key-changed";
            case SshResult.TimedOut late -> "timed-out";
            case SshResult.OutputTooLong tooLong -> "output-too-long";
            case SshResult.Broken broken -> "broken";
        };
    }

    @Override
    public void close() {
        connecting.lock();
        try {
            ClientSession known = session;
            session = null;
            isClosed = true;
            if (known != null) {
                known.close(true);
            }
        } finally {
            connecting.unlock();
        }
    }

    /** One command on a connection that stands. */
    private record SshRun(ClientSession session, SshServer server, SshCommand command) {

        SshResult result() {
            try (ChannelExec channel = session.createExecChannel(command.line())) {
                BoundedOutput output = new BoundedOutput(command.maxOutputBytes(), () -> channel.close(true));
                BoundedOutput complaint = new BoundedOutput(MAX_COMPLAINT_BYTES, () -> {});
                channel.setIn(command.input());
                channel.setOut(output);
                channel.setErr(complaint);
                channel.open().verify(command.timeout());
                Set<ClientChannelEvent> events =
                        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), command.timeout());
                if (output.isOverflown()) {
                    return new SshResult.OutputTooLong(
                            what() + " printed more than " + command.maxOutputBytes() + " bytes");
                }
                Integer status = channel.getExitStatus();
                if (status != null) {
                    return new SshResult.Ended(
                            status, output.text(), complaint.text().strip());
                }
                if (events.contains(ClientChannelEvent.TIMEOUT)) {
                    return new SshResult.TimedOut(
                            what() + " did not end within " + command.timeout().toSeconds() + " s");
                }
                String signal = channel.getExitSignal();
                return new SshResult.Broken(what()
                        + (signal == null ? " broke off: the connection is gone" : " was ended by SIG" + signal));
            } catch (IOException e) {
                return new SshResult.Broken(what() + " broke off: " + e.getMessage());
            }
        }

        private String what() {
            return command.operation() + " at " + server;
        }
    }
}
