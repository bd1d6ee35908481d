package dev.shedmaster.kube.machine;

import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.Virtualization;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.host.HostBoard;
import dev.shedmaster.kube.host.HostCard;
import dev.shedmaster.machine.host.HostNow;
import dev.shedmaster.machine.host.qemu.Accelerator;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.PortError;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Links each host, as an account, with the workers on it. What the host's own loop reads is the link's reading, so that a
 * host is asked once, whoever wants to know.
 */
public final class HostAccounts {
    /** What a plan rests on of a host. */
    private record Planned(HostView view, Map<String, String> labels, Optional<Set<String>> images) {}

    private final HostBoard board;
    private final Connections<MachineLink> links;
    private final BiFunction<String, Supplier<HostNow>, MachineLink> linking;
    private final Predicate<String> gone;
    private final Runnable planSoon;
    private final Map<String, Planned> planned = new ConcurrentHashMap<>();

    /**
     * Links nothing before {@link #start}.
     *
     * @param linking opens the link of a host, which is told where to learn of it
     * @param gone whether the object of the host of that name is certainly gone
     * @param planSoon is run when something has changed on which plans rest
     */
    public HostAccounts(
            HostBoard board,
            Connections<MachineLink> links,
            BiFunction<String, Supplier<HostNow>, MachineLink> linking,
            Predicate<String> gone,
            Runnable planSoon) {
        this.board = board;
        this.links = links;
        this.linking = linking;
        this.gone = gone;
        this.planSoon = planSoon;
    }

    /** Links what there is, and from now on what comes. */
    public HostAccounts start() {
        board.onChange(this::changed);
        board.hosts().forEach(card -> changed(card.host()));
        return this;
    }

    /** Whether a host is known by that account. */
    public boolean isThere(String account) {
        return HostSlot.isAccount(account) && board.find(HostSlot.host(account)).isPresent();
    }

    /** Links the hosts that workers are on and that nobody tells of any more: somebody has taken their objects away. */
    public void adopt(Stream<String> accounts) {
        accounts.filter(HostSlot::isAccount).map(HostSlot::host).distinct().forEach(this::link);
    }

    private void changed(String host) {
        HostCard card = board.find(host).orElse(null);
        Planned before = planned.get(host);
        Planned now = card == null ? null : new Planned(card.view(), card.labels(), card.images());
        if (now == null) {
            planned.remove(host);
            links.find(HostSlot.account(host)).ifPresent(MachineLink::hurry);
        } else {
            planned.put(host, now);
            link(host).hurry();
        }
        if (!Objects.equals(before, now)) {
            planSoon.run();
        }
    }

    /** One at a time, or one of two links that are opened at once would be read for ever. */
    private synchronized MachineLink link(String host) {
        return links.ensure(HostSlot.account(host), host, () -> linking.apply(host, () -> now(host)));
    }

    private HostNow now(String host) {
        HostCard card = board.find(host).orElse(null);
        if (card == null) {
            return gone.test(host)
                    ? HostNow.gone()
                    : new HostNow(
                            null,
                            null,
                            null,
                            new PortError.Transient("host " + host + " is not known yet"),
                            "it is not known yet",
                            Accelerator.KVM,
                            false);
        }
        Reading<HostReport> report = card.report();
        return new HostNow(
                card.driver(),
                report == null ? null : report.value(),
                report == null ? null : report.begunAt(),
                report == null ? null : report.trouble(),
                closed(card),
                card.view().virtualization() == Virtualization.EMULATED ? Accelerator.TCG : Accelerator.KVM,
                card.losesAll());
    }

    private static @Nullable String closed(HostCard card) {
        return switch (card.view().standing()) {
            case OPEN -> null;
            case DRAINING -> "it is being drained";
            case NOT_READY -> "it is not ready";
            case UNSCHEDULABLE -> "its spec.schedulable is false";
        };
    }
}
