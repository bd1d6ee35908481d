package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.HostMaintenanceWindow;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.api.v1alpha1.HostSystem;
import dev.shedmaster.core.host.HostSight;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.core.host.HostState.Draining.Purpose;
import dev.shedmaster.core.host.HostTransition;
import dev.shedmaster.core.upkeep.HostUpkeep;
import dev.shedmaster.core.upkeep.HostUpkeep.Stage;
import dev.shedmaster.core.upkeep.MaintenanceWindow;
import dev.shedmaster.core.upkeep.Turn;
import dev.shedmaster.core.upkeep.UpgradeTurns;
import dev.shedmaster.kube.pool.Recurrence;
import dev.shedmaster.kube.pool.Spans;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Whose turn it is to be installed, or to be taken out for another system. What was granted counts as done at once: two hosts that are
 * looked at at the same moment do not both get the last turn.
 */
final class HostTurns {
    /** From the first reboot into the rescue system until the new system has passed its probe, with all its attempts. */
    private static final UpgradeTurns UPGRADES = new UpgradeTurns(1, Duration.ofMinutes(30));

    /** A turn that was granted shows in the host's status by then, or is not used. */
    private static final Duration GRANTED_FOR = Duration.ofMinutes(1);

    private static final Set<HostPhase> BEFORE_SERVICE = Set.of(HostPhase.REGISTERED, HostPhase.PROVISIONING);

    private final KnownObjects<BareMetalHost> hosts;
    private final KnownObjects<HetznerAccount> accounts;
    private final HostTenancy tenancy;
    private final InstantSource clock;
    private final Map<String, Instant> granted = new ConcurrentHashMap<>();

    HostTurns(
            KnownObjects<BareMetalHost> hosts,
            KnownObjects<HetznerAccount> accounts,
            HostTenancy tenancy,
            InstantSource clock) {
        this.hosts = hosts;
        this.accounts = accounts;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** What was decided, and what it rests on. */
    record Decided(HostSight sight, HostTransition transition) {}

    /**
     * Decides on a host with its turn, one host after the other.
     *
     * @param state where it is
     * @param unturned what is seen of it, without its turn
     */
    synchronized Decided deciding(
            BareMetalHost host, HostState state, HostSight unturned, Function<HostSight, HostTransition> decision) {
        Instant now = clock.instant();
        granted.values().removeIf(at -> at.plus(GRANTED_FOR).isBefore(now));
        if (state.serves() || state instanceof HostState.Registered) {
            // Whatever was granted to it before has had its end, or was not used.
            granted.remove(Names.of(host));
        }
        HostSight sight = unturned.with(isInService(state) ? toBeUpgraded(host, now) : toBeInstalled(host));
        HostTransition transition = decision.apply(sight);
        if (transition.passed().stream().anyMatch(HostTurns::takesTurn)) {
            granted.put(Names.of(host), now);
        }
        return new Decided(sight, transition);
    }

    private static boolean isInService(HostState state) {
        return state.serves() || state instanceof HostState.Checking || state instanceof HostState.Unfit;
    }

    private static boolean takesTurn(HostState entered) {
        return switch (entered) {
            case HostState.Provisioning p -> true;
            case HostState.Draining draining -> draining.purpose() == Purpose.REINSTALLATION;
            default -> false;
        };
    }

    /** When time alone changes whose turn it is; nothing if it does not. */
    Optional<Instant> next(BareMetalHost host) {
        return isOutdated(host)
                ? UPGRADES.next(clock.instant(), List.of(upkeep(host, clock.instant())))
                : Optional.empty();
    }

    private HostSight.Turn toBeInstalled(BareMetalHost host) {
        String account = HostWishes.account(host);
        if (account == null) {
            return new HostSight.Turn.Granted();
        }
        int limit = accounts.find(account)
                .map(one -> one.getSpec().limits().provisioningAtOnce())
                .orElse(1);
        List<String> others = hosts.objects()
                .filter(other -> account.equals(HostWishes.account(other)))
                .filter(other -> isAtWork(other) && !Names.of(other).equals(Names.of(host)))
                .map(other -> other.getMetadata().getName())
                .sorted()
                .toList();
        return others.size() < limit
                ? new HostSight.Turn.Granted()
                : new HostSight.Turn.NotYet(String.join(", ", others)
                        + (others.size() == 1 ? " is" : " are")
                        + " being installed, and no more than " + limit
                        + " may be at a time (limits.provisioningAtOnce of the account)");
    }

    private boolean isAtWork(BareMetalHost host) {
        return granted.containsKey(Names.of(host)) || phase(host) == HostPhase.PROVISIONING;
    }

    private HostSight.Turn toBeUpgraded(BareMetalHost host, Instant now) {
        if (!isOutdated(host)) {
            return new HostSight.Turn.NotYet("its system is the one that is wanted");
        }
        Optional<String> problem = windowProblem(host);
        if (problem.isPresent()) {
            return new HostSight.Turn.NotYet(problem.get());
        }
        List<HostUpkeep> group = hosts.objects()
                .filter(other -> group(other).equals(group(host)))
                .map(other -> upkeep(other, now))
                .toList();
        Turn turn = UPGRADES.at(now, group).get(Names.of(host));
        return turn instanceof Turn.TakeOut
                ? new HostSight.Turn.Granted()
                : new HostSight.Turn.NotYet(turn == null ? "waits for the others of its group" : turn.text());
    }

    private HostUpkeep upkeep(BareMetalHost host, Instant now) {
        return new HostUpkeep(
                Names.of(host),
                group(host),
                stage(host),
                tenancy.occupancy(Names.of(host)).jobs(),
                windows(host, now));
    }

    private Stage stage(BareMetalHost host) {
        if (granted.containsKey(Names.of(host))) {
            return Stage.TAKEN_OUT;
        }
        BareMetalHostStatus status = HostRecords.statusOf(host);
        boolean neverServed = status.record().installed() == null
                || status.record().installed().bootId() == null;
        return switch (status.phase()) {
            case READY -> isOutdated(host) ? Stage.OUTDATED : Stage.CURRENT;
            case DRAINING -> Stage.TAKEN_OUT;
            case PROVISIONING -> Stage.AT_WORK;
            default -> neverServed && BEFORE_SERVICE.contains(status.phase()) ? Stage.CURRENT : Stage.NOT_READY;
        };
    }

    /** Whether a host waits for what others do. One that others have installed waits for nobody. */
    static boolean waits(BareMetalHost host) {
        return host.getSpec().robot() != null
                && (phase(host) == HostPhase.REGISTERED || (phase(host) == HostPhase.READY && isOutdated(host)));
    }

    static boolean isOutdated(BareMetalHost host) {
        HostSystem installed = HostRecords.statusOf(host).record().installed();
        return host.getSpec().robot() != null
                && !HostWishes.generation(host.getSpec())
                        .equals(installed == null || installed.generation() == null ? "" : installed.generation());
    }

    private static Optional<String> windowProblem(BareMetalHost host) {
        List<HostMaintenanceWindow> windows = host.getSpec().maintenance().windows();
        for (int i = 0; i < windows.size(); i++) {
            Optional<String> problem = recurrence(windows.get(i)).problem("spec.maintenance.windows[" + i + "]");
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static List<MaintenanceWindow> windows(BareMetalHost host, Instant now) {
        if (host.getSpec().maintenance().windows().isEmpty()) {
            return List.of(MaintenanceWindow.ALWAYS);
        }
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (HostMaintenanceWindow window : host.getSpec().maintenance().windows()) {
            Duration length = Spans.duration(window.duration());
            recurrence(window).last(now).ifPresent(begin -> windows.add(window(begin, length)));
            recurrence(window).next(now).ifPresent(begin -> windows.add(window(begin, length)));
        }
        return windows;
    }

    private static MaintenanceWindow window(ZonedDateTime begin, Duration length) {
        return new MaintenanceWindow(begin.toInstant(), begin.toInstant().plus(length));
    }

    private static Recurrence recurrence(HostMaintenanceWindow window) {
        return new Recurrence(window.cron(), window.timeZone());
    }

    private static String group(BareMetalHost host) {
        return host.getMetadata().getNamespace() + " "
                + Objects.requireNonNullElseGet(
                        host.getSpec().maintenance().group(),
                        () -> "all of " + HostWishes.architecture(host.getSpec()));
    }

    private static HostPhase phase(BareMetalHost host) {
        return HostRecords.statusOf(host).phase();
    }
}
