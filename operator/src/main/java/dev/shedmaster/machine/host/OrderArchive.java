package dev.shedmaster.machine.host;

import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Container;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.port.HostOrder.Disk;
import dev.shedmaster.port.HostOrder.Limits;
import dev.shedmaster.port.HostOrder.VirtualMachine;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An order as the program on the server reads it: a tar with the facts as lines of a word and its value ({@code
 * order}), the command's words as lines ({@code command}), and the guest's files ({@code files/…}). So nothing of it is
 * ever on a command line.
 */
final class OrderArchive {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/-]+");
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._-]*)+");

    /** A stop that takes longer than its caller waits would be taken for one that failed. */
    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

    private OrderArchive() {}

    /** Writes the order down; {@code Invalid} for one that cannot be read back as it was meant. */
    static Outcome<byte[]> of(HostOrder order) {
        try {
            return Outcome.done(archive(order));
        } catch (Unwritable e) {
            return Outcome.failed(new PortError.Invalid(e.field, e.field + " " + e.complaint));
        }
    }

    private static byte[] archive(HostOrder order) {
        TarWriter tar = new TarWriter()
                .file("order", text(facts(order)))
                .file("command", text(command(order.form())))
                .folder("files");
        for (Map.Entry<String, byte[]> file : new TreeMap<>(order.files()).entrySet()) {
            tar.file("files/" + matching("files", FILE_NAME, file.getKey()), file.getValue());
        }
        // A tar that was cut off between two files reads like a whole one.
        return tar.file("whole", new byte[0]).bytes();
    }

    private static String facts(HostOrder order) {
        MachineName name = MachineName.parse(order.name())
                .orElseThrow(() -> new Unwritable("name", "'" + order.name() + "' is no machine's name"));
        Lines lines = new Lines()
                .add("name", name.toString())
                .add("installation", order.owner().installation())
                .add("pool", order.owner().pool())
                .add("worker", order.owner().worker())
                .add("uid", order.owner().workerUid());
        addLimits(lines, order.limits());
        GuestNetwork network = GuestNetwork.of(name);
        lines.add("address", network.address()).add("gateway", network.gateway());
        order.reach().resolvers().forEach(resolver -> lines.add("resolver", resolver));
        order.reach().refused().forEach(refused -> lines.add("refuse", refused));
        switch (order.form()) {
            case Container container -> addContainer(lines, container);
            case VirtualMachine machine -> addMachine(lines, machine);
        }
        return lines.toString();
    }

    private static void addLimits(Lines lines, Limits limits) {
        if (limits.stopWithin().compareTo(LONGEST_STOP) > 0) {
            throw new Unwritable("stopWithin", "must be at most " + LONGEST_STOP.toSeconds() + " s");
        }
        lines.add("memory", positive("memoryBytes", limits.memoryBytes()))
                .add("cpu", positive("cpuPercent", limits.cpuPercent()))
                .add("tasks", positive("tasks", limits.tasks()))
                .add("stop-seconds", positive("stopWithin", limits.stopWithin().toSeconds()));
    }

    private static void addContainer(Lines lines, Container container) {
        lines.add("form", "container")
                .add("image", matching("image", IMAGE, container.image()))
                .add("boot", container.isBooted() ? "yes" : "no");
        container.volumes().forEach(volume -> lines.add("volume", matching("volumes", PATH, volume)));
        container.devices().stream().map(Device::path).sorted().forEach(device -> lines.add("device", device));
    }

    private static void addMachine(Lines lines, VirtualMachine machine) {
        lines.add("form", "machine");
        Disk disk = machine.disk();
        if (disk != null) {
            lines.add("disk-base", matching("baseImage", IMAGE, disk.baseImage()))
                    .add("disk-format", disk.baseFormat())
                    .add("disk-bytes", positive("bytes", disk.bytes()));
        }
        if (machine.variables() != null) {
            lines.add("firmware-variables", matching("variables", PATH, machine.variables()));
        }
    }

    private static String command(HostOrder.Form form) {
        List<String> words = switch (form) {
            case Container container -> container.command();
            case VirtualMachine machine -> machine.command();
        };
        boolean mayBeEmpty = form instanceof Container container && container.isBooted();
        if (words.isEmpty() && !mayBeEmpty) {
            throw new Unwritable("command", "is empty: say what is to be run");
        }
        StringBuilder lines = new StringBuilder();
        for (String word : words) {
            if (word.indexOf('\n') >= 0 || word.indexOf('\0') >= 0) {
                throw new Unwritable("command", "has a word of several lines: put it into a file");
            }
            lines.append(word).append('\n');
        }
        return lines.toString();
    }

    private static String positive(String field, long number) {
        if (number <= 0) {
            throw new Unwritable(field, "must be more than " + number);
        }
        return Long.toString(number);
    }

    private static String matching(String field, Pattern pattern, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new Unwritable(field, "cannot be '" + value + "': it is not of the form " + pattern);
        }
        return value;
    }

    private static byte[] text(String lines) {
        return lines.getBytes(StandardCharsets.UTF_8);
    }

    /** Facts, one a line. */
    private static final class Lines {
        private final StringBuilder lines = new StringBuilder();

        Lines add(String key, String value) {
            lines.append(key).append(' ').append(matching(key, WORD, value)).append('\n');
            return this;
        }

        @Override
        public String toString() {
            return lines.toString();
        }
    }

    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String field;
        private final String complaint;

        Unwritable(String field, String complaint) {
            super(field + " " + complaint);
            this.field = field;
            this.complaint = complaint;
        }
    }
}
