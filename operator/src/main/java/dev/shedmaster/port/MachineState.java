package dev.shedmaster.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of one machine of ours.
 *
 * @param name the machine's name
 * @param phase how far it is
 * @param failure why, where {@code phase} is FAILED; null otherwise
 * @param owner who it belongs to, as its tags say; null if they do not say it
 * @param createdAt as its tags say; null if they do not
 */
public record MachineState(
        String name,
        Phase phase,
        @Nullable PortError failure,
        @Nullable MachineOwner owner,
        @Nullable Instant createdAt) {

    /** CREATING: not yet booted. RUNNING: powered on. STOPPED: powered off and still paid for. FAILED: its creation failed
     * and its remains must be deleted. DELETING: on its way out. */
    public enum Phase {
        CREATING,
        RUNNING,
        STOPPED,
        FAILED,
        DELETING
    }
}
