package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.ArmError;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A long-running operation. Guarded by the estate's lock. */
public final class Operation {

    /** Where it stands. */
    public enum Status {
        IN_PROGRESS("InProgress"),
        SUCCEEDED("Succeeded"),
        FAILED("Failed"),
        CANCELED("Canceled");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    private final String id;
    private final String ticket;
    private final AzureCall call;
    private final String location;
    private final ResourceKey subject;
    private final Instant started;
    private Status status = Status.IN_PROGRESS;
    private @Nullable Instant ended;
    private @Nullable ArmError error;

    Operation(UUID id, String ticket, AzureCall call, String location, ResourceKey subject, Instant started) {
        this.id = id.toString();
        this.ticket = ticket;
        this.call = call;
        this.location = location;
        this.subject = subject;
        this.started = started;
    }

    void end(Status finalStatus, @Nullable ArmError why, Instant now) {
        if (status == Status.IN_PROGRESS) {
            status = finalStatus;
            error = why;
            ended = now;
        }
    }

    public String id() {
        return id;
    }

    /** A secret part of its URL: who has not got it from an answer's header cannot poll. */
    public String ticket() {
        return ticket;
    }

    public AzureCall call() {
        return call;
    }

    public String location() {
        return location;
    }

    public ResourceKey subject() {
        return subject;
    }

    public Instant started() {
        return started;
    }

    public Status status() {
        return status;
    }

    public boolean isRunning() {
        return status == Status.IN_PROGRESS;
    }

    public @Nullable Instant ended() {
        return ended;
    }

    public @Nullable ArmError error() {
        return error;
    }
}
