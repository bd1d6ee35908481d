package dev.shedmaster.core.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a disk's self-monitoring says. What it does not tell is null.
 *
 * @param device such as {@code /dev/nvme0n1}
 * @param serial its serial number; empty if it tells none
 * @param failings what it says when it is about to fail; none if it is well, or tells nothing
 * @param isTooHot whether it is beyond the temperatures that its maker has set it
 * @param celsius its temperature
 * @param wearPercent how much is used of what may be written to it, as its maker has promised; may be more than 100
 * @param hours how long it has had power in its life
 * @param lost how often it could not give back what was written to it: NVMe's media errors; sectors that are pending or uncorrectable
 * @param replaced how many bad sectors it has put others in the place of
 * @param silence why nothing is known of it; empty if something is
 */
public record DiskHealth(
        String device,
        String serial,
        List<String> failings,
        boolean isTooHot,
        @Nullable Integer celsius,
        @Nullable Integer wearPercent,
        @Nullable Long hours,
        @Nullable Long lost,
        @Nullable Long replaced,
        String silence) {
    public DiskHealth {
        failings = List.copyOf(failings);
    }

    /** What a person who is to replace it reads. */
    String name() {
        return serial.isEmpty() ? device : device + " (" + serial + ")";
    }

    boolean hasErrors() {
        return isAboveZero(lost) || isAboveZero(replaced);
    }

    private static boolean isAboveZero(@Nullable Long count) {
        return count != null && count > 0;
    }
}
