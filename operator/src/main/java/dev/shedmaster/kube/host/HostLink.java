package dev.shedmaster.kube.host;

import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One host's connections: the ways into it for whom it is now, and what its system tells while it may serve: of its work every few seconds, of its hardware every few minutes. */
public final class HostLink implements AutoCloseable {
    /** One command and a few kilobytes; jobs begin and end no faster than that matters. */
    private static final Duration PACE = Duration.ofSeconds(5);

    /** However many are in a hurry. */
    private static final Duration LEAST = Duration.ofMillis(500);

    private final String host;
    private final Function<HostAddress, HostAccess> connector;
    private final InstantSource clock;
    private final Feed.Listener<HostReport> listener;
    private final HardwareWatch hardware;
    private @Nullable HostAddress address;
    private @Nullable HostAccess access;
    private @Nullable Feed<HostReport> feed;
    private @Nullable Instant troubledSince;

    HostLink(
            String host,
            Function<HostAddress, HostAccess> connector,
            InstantSource clock,
            Feed.Listener<HostReport> listener,
            BiConsumer<HardwareWatch.Known, HardwareWatch.Known> ofHardware) {
        this.host = host;
        this.connector = connector;
        this.clock = clock;
        this.listener = (before, now) -> {
            noteTrouble(now.trouble() != null);
            listener.read(before, now);
        };
        this.hardware = new HardwareWatch(host, clock, ofHardware);
    }

    private synchronized void noteTrouble(boolean isTroubled) {
        if (!isTroubled) {
            troubledSince = null;
        } else if (troubledSince == null) {
            troubledSince = clock.instant();
        }
    }

    /** Since when its system has told nothing although it was asked; null if it tells. */
    synchronized @Nullable Instant troubledSince() {
        return troubledSince;
    }

    /** The ways into the server that is there. */
    synchronized HostAccess to(HostAddress wanted) {
        HostAccess known = access;
        if (known != null && wanted.equals(address)) {
            return known;
        }
        close();
        HostAccess opened = connector.apply(wanted);
        address = wanted;
        access = opened;
        return opened;
    }

    /** Reads what its system tells from now on, over the ways that were opened last; or does not any more. */
    synchronized void reads(boolean wanted) {
        HostAccess known = access;
        if (wanted && feed == null && known != null) {
            feed = new Feed<>(
                            "host " + host,
                            () -> NewestProgram.answer(known.driver(), HostDriver::list, HostLink::isOfAnother),
                            (before, now) -> PACE,
                            LEAST,
                            clock,
                            listener)
                    .start();
            hardware.begin(known.driver());
        } else if (!wanted) {
            endFeed();
        }
    }

    private static boolean isOfAnother(Outcome<HostReport> told) {
        return switch (told) {
            case Outcome.Done<HostReport>(HostReport report) -> !report.programIsCurrent();
            case Outcome.Failed<HostReport>(PortError error) -> error instanceof PortError.NotFound;
        };
    }

    /** What its system has told last; null while it is not asked. */
    synchronized @Nullable Reading<HostReport> reading() {
        return feed == null ? null : feed.latest();
    }

    /** What its hardware has told last; nothing while it is not asked. */
    HardwareWatch.Known hardware() {
        return hardware.known();
    }

    /** Asks its hardware now: what is known then. */
    HardwareWatch.Known examine() {
        HostAccess known = access();
        return known == null ? hardware.known() : hardware.examine(known.driver());
    }

    /** Something was done to it that shows in what it tells. */
    synchronized void hurry() {
        if (feed != null) {
            feed.hurry();
        }
    }

    synchronized @Nullable HostAccess access() {
        return access;
    }

    private void endFeed() {
        if (feed != null) {
            feed.close();
            feed = null;
            troubledSince = null;
        }
        hardware.close();
    }

    @Override
    public synchronized void close() {
        endFeed();
        if (access != null) {
            access.close();
            access = null;
            address = null;
        }
    }
}
