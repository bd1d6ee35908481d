package dev.shedmaster.http;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every call made with one credential. Once the other side has refused the credential itself, no further
 * call is made with it: repeated bad logins lock accounts and addresses out. It does not open again then; a new credential
 * comes with a new gate. A missing permission is no reason to shut it.
 */
public final class CredentialGate {
    private record Shut(PortError.Unauthorized reason, Instant until) {}

    private final InstantSource clock;
    private final AtomicReference<@Nullable Shut> shut = new AtomicReference<>();

    public CredentialGate(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes the call unless the gate is shut, in which case the answer is the refusal that shut it. */
    public <T> Outcome<T> pass(Supplier<Outcome<T>> call) {
        Shut now = shut.get();
        return now != null && clock.instant().isBefore(now.until()) ? Outcome.failed(now.reason()) : call.get();
    }

    /** Shuts the gate for good. The first refusal stands, since later ones may only follow from it. */
    public PortError.Unauthorized shut(PortError.Unauthorized reason) {
        return shut(reason, Instant.MAX);
    }

    /** Shuts the gate for a while: it is not certain that it is the credential that was refused. */
    public PortError.Unauthorized shutFor(Duration pause, PortError.Unauthorized reason) {
        return shut(reason, clock.instant().plus(pause));
    }

    private PortError.Unauthorized shut(PortError.Unauthorized reason, Instant until) {
        Instant now = clock.instant();
        Shut shutting = new Shut(reason, until);
        Shut standing = shut.updateAndGet(known -> known != null && now.isBefore(known.until()) ? known : shutting);
        return standing == null ? reason : standing.reason();
    }
}
