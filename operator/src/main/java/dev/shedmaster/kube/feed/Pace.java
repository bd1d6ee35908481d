package dev.shedmaster.kube.feed;

import dev.shedmaster.port.PortError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a feed pauses between two readings. */
public interface Pace {

    /**
     * The pause after a reading.
     *
     * @param changed whether it differs from the one before, or something in it waits for us
     * @param trouble why it failed, null if it did not
     */
    Duration next(boolean changed, @Nullable PortError trouble);
}
