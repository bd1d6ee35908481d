package dev.shedmaster.kube.machine;

import dev.shedmaster.kube.feed.Pace;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Reads an account often while machines come or go there, and rarely while they only work. Providers count lists dearly;
 * what a machine's agent does is told by its CI system anyway.
 */
public final class MachinePace implements Pace<Map<String, MachineState>> {
    static final Duration WHILE_CHANGING = Duration.ofSeconds(5);
    static final Duration WHILE_WORKING = Duration.ofSeconds(20);
    static final Duration WHILE_EMPTY = Duration.ofSeconds(60);

    private final BooleanSupplier changing;
    private final BooleanSupplier inUse;

    /**
     * Paces an account's readings.
     *
     * @param changing whether workers there are starting or ending
     * @param inUse whether there are workers at all
     */
    public MachinePace(BooleanSupplier changing, BooleanSupplier inUse) {
        this.changing = changing;
        this.inUse = inUse;
    }

    @Override
    public Duration next(Reading<Map<String, MachineState>> before, Reading<Map<String, MachineState>> now) {
        if (now.trouble() instanceof PortError.Later later) {
            return later.retryAfter();
        }
        if (changing.getAsBoolean()) {
            return WHILE_CHANGING;
        }
        return inUse.getAsBoolean() ? WHILE_WORKING : WHILE_EMPTY;
    }
}
