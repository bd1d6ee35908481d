package dev.shedmaster.core.host;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which disk is meant. Everything that is given must be true of it.
 *
 * @param field the field of the host's spec that says so, for messages
 * @param wwn its worldwide name, null for any
 * @param serial its serial number, null for any
 * @param minBytes how large it is at least
 * @param index which of those that are left, in the order of their devices' names; empty if only one may be left
 */
public record DiskHint(
        String field, @Nullable String wwn, @Nullable String serial, long minBytes, OptionalInt index) {

    /** A disk, or why none can be said to be meant. */
    sealed interface Choice {
        record Chosen(Disk disk) implements Choice {}

        record Unclear(String why) implements Choice {}
    }

    Choice choose(List<Disk> disks) {
        List<Disk> fitting = disks.stream()
                .filter(this::fits)
                .sorted(Comparator.comparing(Disk::device))
                .toList();
        if (fitting.isEmpty()) {
            return new Choice.Unclear(field + " fits none of the server's disks (" + listed(disks) + "): correct it");
        }
        if (index.isEmpty()) {
            return fitting.size() == 1
                    ? new Choice.Chosen(fitting.getFirst())
                    : new Choice.Unclear(field + " fits " + fitting.size() + " disks (" + listed(fitting)
                            + "): name one by its wwn or serial, or choose one by index");
        }
        return index.getAsInt() < fitting.size()
                ? new Choice.Chosen(fitting.get(index.getAsInt()))
                : new Choice.Unclear(field + ".index is " + index.getAsInt() + ", and only " + fitting.size()
                        + " disks fit (" + listed(fitting) + "), counted from 0: correct it");
    }

    private boolean fits(Disk disk) {
        return (wwn == null || wwn.equalsIgnoreCase(disk.wwn()))
                && (serial == null || serial.equals(disk.serial()))
                && disk.bytes() >= minBytes;
    }

    private static String listed(List<Disk> disks) {
        return disks.isEmpty()
                ? "it shows none"
                : String.join(
                        ", ",
                        disks.stream()
                                .map(disk ->
                                        disk.device() + " " + disk.id() + " " + disk.bytes() / 1_000_000_000 + " GB")
                                .toList());
    }
}
