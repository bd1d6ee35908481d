package dev.shedmaster.http;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every call made with one credential. Once the other side has refused the credential itself, no further
 * call is made with it: repeated bad logins lock accounts and addresses out. It never opens again; a new credential comes
 * with a new gate. A missing permission is no reason to shut it.
 */
public final class CredentialGate {
    private final AtomicReference<PortError.@Nullable Unauthorized> refusal = new AtomicReference<>();

    /** Makes the call unless the gate is shut, in which case the answer is the refusal that shut it. */
    public <T> Outcome<T> pass(Supplier<Outcome<T>> call) {
        PortError.Unauthorized shut = refusal.get();
        return shut != null ? Outcome.failed(shut) : call.get();
    }

    /** Shuts the gate. The first refusal stands, since later ones may only follow from it. */
    public PortError.Unauthorized shut(PortError.Unauthorized reason) {
        PortError.Unauthorized first = refusal.compareAndExchange(null, reason);
        return first != null ? first : reason;
    }
}
