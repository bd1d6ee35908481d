package dev.shedmaster.core.host;

import java.util.List;

/**
 * A disk as the rescue system sees it.
 *
 * @param device such as {@code /dev/nvme0n1}; may be another after each boot
 * @param wwn its worldwide name, empty if it has none
 * @param serial its serial number, empty if it tells none
 * @param bytes its size
 * @param owner whose mark it bears, {@code installation namespace/name}; empty if it bears none
 * @param failings what its self-monitoring complains of; empty if it is well, or tells nothing
 */
public record Disk(String device, String wwn, String serial, long bytes, String owner, List<String> failings) {
    public Disk {
        failings = List.copyOf(failings);
    }

    /** What names it for good: its worldwide name, else its serial number, else, for want of either, its device. */
    public String id() {
        if (!wwn.isEmpty()) {
            return wwn;
        }
        return serial.isEmpty() ? device : serial;
    }
}
