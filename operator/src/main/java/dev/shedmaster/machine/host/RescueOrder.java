package dev.shedmaster.machine.host;

import dev.shedmaster.port.Installation;
import dev.shedmaster.port.Installation.Flatcar;
import dev.shedmaster.port.Installation.Installimage;
import dev.shedmaster.port.Installation.Raid;
import dev.shedmaster.port.Installation.Raw;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An installation as the program in the rescue system reads it: one fact a line, a word and its value. What may have lines of its own
 * is in base64.
 */
final class RescueOrder {
    private static final Pattern VOLUME = Pattern.compile("(PART|LV|SUBVOL) .+");

    private final StringBuilder lines = new StringBuilder();

    private RescueOrder() {}

    /** Writes it down; {@code Invalid} if it cannot be read back as it was meant, or contradicts itself. */
    static Outcome<String> of(Installation order) {
        try {
            return Outcome.done(new RescueOrder().written(order));
        } catch (Unwritable e) {
            return Outcome.failed(new PortError.Invalid(e.field, e.field + " " + e.complaint));
        }
    }

    private String written(Installation order) {
        fact("owner", order.owner());
        fact("generation", order.generation());
        fact("hostname", order.hostName());
        fact("root", order.rootDisk());
        fact("scratch", order.scratchDisk());
        fact("key", order.authorizedKey());
        switch (order.image()) {
            case Raw raw -> raw(raw);
            case Installimage installimage -> installimage(installimage, order);
            case Flatcar flatcar -> flatcar(flatcar);
        }
        return lines.toString();
    }

    private void raw(Raw raw) {
        fact("kind", "raw");
        fact("image", raw.url());
        fact("sha256", raw.sha256());
    }

    private void installimage(Installimage installimage, Installation order) {
        fact("kind", "installimage");
        fact("archive", installimage.archive());
        for (String volume : installimage.volumes()) {
            // Other keys of its configuration name disks by what they are called in one boot alone.
            if (!VOLUME.matcher(volume).matches()) {
                throw new Unwritable(
                        "volumes", "must begin with PART, LV or SUBVOL each, not as in \"" + volume + "\"");
            }
            fact("volume", volume);
        }
        if (installimage.raid() != null) {
            raid(installimage.raid(), order);
        }
    }

    private void raid(Raid raid, Installation order) {
        Set<String> disks = new HashSet<>(raid.disks());
        boolean isRootApart = disks.add(order.rootDisk());
        if (!isRootApart
                || disks.contains(order.scratchDisk())
                || disks.size() <= raid.disks().size()) {
            throw new Unwritable("raid", "must have each disk once, and neither the root disk nor the scratch disk");
        }
        if (disks.size() < raid.level().leastDisks()) {
            throw new Unwritable(
                    "raid",
                    "of level " + raid.level().number() + " takes "
                            + raid.level().leastDisks() + " disks at least, the root disk among them, not "
                            + disks.size());
        }
        fact("raid", Integer.toString(raid.level().number()));
        raid.disks().forEach(disk -> fact("raid-disk", disk));
    }

    private void flatcar(Flatcar flatcar) {
        if (flatcar.program().isEmpty() != flatcar.programSha256().isEmpty()) {
            throw new Unwritable("programSha256", "must be given with program, and only with it");
        }
        fact("kind", "flatcar");
        fact("channel", flatcar.channel());
        fact("version", flatcar.version());
        fact("ignition", Base64.getEncoder().encodeToString(flatcar.ignition().getBytes(StandardCharsets.UTF_8)));
        fact("program", flatcar.program());
        fact("program-sha256", flatcar.programSha256());
    }

    /** Leaves out what is empty. None may bring a line of its own. */
    private void fact(String word, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new Unwritable(word, "must be one line of plain text");
        }
        if (!value.isEmpty()) {
            lines.append(word).append(' ').append(value).append('\n');
        }
    }

    /** Ends the writing from wherever it is. */
    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String field;
        private final String complaint;

        Unwritable(String field, String complaint) {
            super(field + " " + complaint);
            this.field = field;
            this.complaint = complaint;
        }
    }
}
