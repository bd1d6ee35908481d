package dev.shedmaster.kube.host;

import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.HostView.Capacity;
import dev.shedmaster.core.slot.HostView.Standing;
import dev.shedmaster.core.slot.Virtualization;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostReport;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says on a board, in the place of the loop that looks after hosts, what is known of one. */
public final class Posted {
    private Posted() {}

    /** An RX220 of class rx220 that serves zone release, as seen by that reading. */
    public static HostCard rx220(
            String host, Standing standing, @Nullable HostDriver driver, @Nullable Reading<HostReport> report) {
        HostView view = new HostView(
                host,
                Architecture.ARM64,
                Virtualization.KVM,
                new Capacity(80, 4, Capacity.EACH_CPU_ONCE, 262_144, 12_288, OptionalInt.empty()),
                Set.of("release"),
                standing);
        return new HostCard(host, Map.of("class", "rx220"), view, driver, report, "boot-1", false);
    }

    public static void put(HostBoard board, HostCard card) {
        board.put(card);
    }

    public static void remove(HostBoard board, String host) {
        board.remove(host);
    }
}
