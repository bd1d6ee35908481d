package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Resets;
import dev.shedmaster.core.host.HostSight.Shell;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which way to reboot a server is tried next: the mildest that can lead anywhere, and none twice for one purpose. */
final class RebootLadder {
    private RebootLadder() {}

    /**
     * The next rung, empty if none is left.
     *
     * @param last what was tried before for the same purpose; null if nothing was
     * @param isOurs whether a system of ours is on the disks, so that asking it to shut down in order is worth the wait
     */
    static Optional<Rung> next(@Nullable Reboot last, Landlord landlord, Shell shell, boolean isOurs) {
        return possible(landlord, shell, isOurs).stream()
                .filter(rung -> last == null || rung.compareTo(last.by()) > 0)
                .findFirst();
    }

    private static Set<Rung> possible(Landlord landlord, Shell shell, boolean isOurs) {
        Set<Rung> rungs = EnumSet.noneOf(Rung.class);
        if (!shell.boot().isEmpty()) {
            rungs.add(Rung.SHELL);
        }
        if (landlord instanceof Landlord.Server server && server.resets() != null) {
            Resets resets = server.resets();
            boolean isOff = resets.isOff() && shell.boot().isEmpty();
            if (isOurs && !isOff) {
                rungs.add(Rung.SOFTWARE);
            }
            if (isOff) {
                rungs.add(Rung.POWER);
            }
            rungs.add(Rung.HARDWARE);
            rungs.removeIf(rung -> rung != Rung.SHELL && !resets.rungs().contains(rung));
        }
        return rungs;
    }
}
