package dev.shedmaster.kube.host;

import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.stock.StoredImage;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostReport;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host, for those who run workers on it.
 *
 * @param host {@code namespace/name}
 * @param labels by which pools select it
 * @param view what workers could have of it, and whether it takes any
 * @param driver to start and stop them; null while its system cannot be reached
 * @param report the newest that its system has said of itself; null as long as it has said nothing
 * @param bootId the boot in which workers may live now: the last that was found fit; empty if none was
 * @param losesAll whether it is being wiped or let go, or is written anew: whatever ran there counts as gone
 */
public record HostCard(
        String host,
        Map<String, String> labels,
        HostView view,
        @Nullable HostDriver driver,
        @Nullable Reading<HostReport> report,
        String bootId,
        boolean losesAll) {
    public HostCard {
        labels = Map.copyOf(labels);
    }

    /** The names of the images that its workers can run; nothing if it has not said. */
    public Optional<Set<String>> images() {
        HostReport said = report == null ? null : report.value();
        return Optional.ofNullable(said == null ? null : said.images())
                .map(images -> images.stream().map(StoredImage::name).collect(Collectors.toUnmodifiableSet()));
    }

    HostCard hearing(Reading<HostReport> news) {
        return new HostCard(host, labels, view, driver, news, bootId, losesAll);
    }
}
