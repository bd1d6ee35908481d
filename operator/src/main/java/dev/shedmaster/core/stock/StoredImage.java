package dev.shedmaster.core.stock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An image of workers that is on a host.
 *
 * @param name what orders call it; empty for one that was fetched and has no name any more
 * @param sha256 the checksum of what was fetched; empty for what somebody has put there, which is never taken away
 * @param usedAt when it was fetched, or a worker with it was started last, by the host's clock; null where {@code sha256} is
 *     empty
 * @param isUsed whether a worker runs it now; not known, and false, where {@code sha256} is empty
 */
public record StoredImage(
        String name, String sha256, @Nullable Instant usedAt, boolean isUsed) {}
