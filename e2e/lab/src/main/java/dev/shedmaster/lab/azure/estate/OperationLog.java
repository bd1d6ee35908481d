package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.time.LabClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The long-running operations, until they are forgotten. Guarded by the estate's lock. */
public final class OperationLog {
    private static final int PRUNE_FROM = 10_000;

    private final LabClock clock;
    private final Duration keptFor;
    private final int ticketLength;
    private final SplittableRandom random;
    private final Map<String, Operation> operations = new HashMap<>();
    private int pruneAbove = PRUNE_FROM;

    /**
     * @param keptFor how long after its end an operation can be asked for
     * @param ticketLength the length of the part of the URL that makes it as long as Azure's can be
     */
    OperationLog(LabClock clock, Duration keptFor, int ticketLength, SplittableRandom random) {
        this.clock = clock;
        this.keptFor = keptFor;
        this.ticketLength = ticketLength;
        this.random = random;
    }

    Operation begin(AzureCall call, String location, ResourceKey subject) {
        if (operations.size() > pruneAbove) {
            operations.values().removeIf(this::isForgotten);
            pruneAbove = Math.max(PRUNE_FROM, 2 * operations.size());
        }
        Operation operation = new Operation(
                new UUID(random.nextLong(), random.nextLong()), ticket(), call, location, subject, clock.instant());
        operations.put(operation.id(), operation);
        return operation;
    }

    private String ticket() {
        StringBuilder ticket = new StringBuilder(ticketLength + 16);
        while (ticket.length() < ticketLength) {
            ticket.append(Long.toHexString(random.nextLong() | Long.MIN_VALUE));
        }
        ticket.setLength(ticketLength);
        return ticket.toString();
    }

    void succeed(Operation operation) {
        end(operation, Operation.Status.SUCCEEDED, null);
    }

    void fail(Operation operation, ArmError why) {
        end(operation, Operation.Status.FAILED, why);
    }

    void cancel(Operation operation, ArmError why) {
        end(operation, Operation.Status.CANCELED, why);
    }

    private void end(Operation operation, Operation.Status status, @Nullable ArmError why) {
        operation.end(status, why, clock.instant());
    }

    /** The operation, unless nobody began it or it ended too long ago. */
    public Optional<Operation> find(String id) {
        Operation operation = operations.get(id);
        return operation == null || isForgotten(operation) ? Optional.empty() : Optional.of(operation);
    }

    private boolean isForgotten(Operation operation) {
        Instant ended = operation.ended();
        return ended != null && clock.instant().isAfter(ended.plus(keptFor));
    }

    public long running() {
        return operations.values().stream().filter(Operation::isRunning).count();
    }
}
