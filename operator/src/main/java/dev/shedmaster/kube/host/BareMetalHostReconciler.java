package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.HostDiskWear;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.RobotServer;
import dev.shedmaster.api.v1alpha1.SshHost;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.host.HardwareWatch.Known;
import dev.shedmaster.kube.host.HostAdvance.Advanced;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.kube.status.StatusStore;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings a host on whenever something about it changes; a host whose object is deleted is brought to its end. */
public final class BareMetalHostReconciler implements Reconciler<BareMetalHost>, Cleaner<BareMetalHost> {
    private static final Duration A_MOMENT = Duration.ofMillis(250);

    private final HostAdvance advance;
    private final Function<HostAddress, HostAccess> connector;
    private final Connections<HostLink> links;
    private final Connections<DedicatedServers> robots;
    private final AccountKeys keys;
    private final ReferencedObjects references;
    private final KnownObjects<BareMetalHost> hosts;
    private final HostBoard board;
    private final HardwareMetrics hardware;
    private final BooleanSupplier allKnown;
    private final InstantSource clock;

    /**
     * Puts the reconciler together.
     *
     * @param installation the first word of each mark of ours
     * @param servers whom workers have to reach
     * @param stock how it stands with the images of workers on a host
     * @param allKnown whether the objects of all kinds are known: before that a host may only seem to be empty
     */
    public static BareMetalHostReconciler of(
            String installation,
            Function<HostAddress, HostAccess> connector,
            HostImages images,
            Connections<HostLink> links,
            Connections<DedicatedServers> robots,
            AccountKeys keys,
            ReferencedObjects references,
            KnownObjects<BareMetalHost> hosts,
            KnownObjects<HetznerAccount> accounts,
            KnownObjects<JenkinsServer> servers,
            HostTenancy tenancy,
            HostBoard board,
            EventRecorder events,
            MeterRegistry meters,
            Function<String, Optional<StockNews>> stock,
            BooleanSupplier allKnown,
            InstantSource clock) {
        HostWishes wishes = new HostWishes(installation);
        HostImageFinder finder = new HostImageFinder(references, images);
        HostHands hands = new HostHands(
                wishes,
                host -> finder.find(host, imageIndex(host, accounts), hosts.waking(Names.of(host))),
                namespace -> ProbePeer.of(namespace, servers.objects()),
                host -> hosts.objects()
                        .noneMatch(other -> !Names.of(other).equals(Names.of(host))
                                && Objects.equals(HostWishes.account(other), HostWishes.account(host))));
        HostAdvance advance = new HostAdvance(
                wishes,
                new HostTurns(hosts, accounts, tenancy, clock),
                tenancy,
                hands,
                board,
                new HostJournal(events, meters),
                stock,
                clock);
        return new BareMetalHostReconciler(
                advance,
                connector,
                links,
                robots,
                keys,
                references,
                hosts,
                board,
                new HardwareMetrics(meters),
                allKnown,
                clock);
    }

    private static @Nullable String imageIndex(BareMetalHost host, KnownObjects<HetznerAccount> accounts) {
        return Optional.ofNullable(HostWishes.account(host))
                .flatMap(accounts::find)
                .map(account -> account.getSpec().imageIndex())
                .orElse(null);
    }

    /** Whether a host's server is rented under that account. */
    public static boolean belongsTo(BareMetalHost host, String account) {
        return account.equals(HostWishes.account(host));
    }

    /**
     * Reconciles hosts.
     *
     * @param allKnown whether the objects of all kinds are known: before that a host may only seem to be empty
     */
    BareMetalHostReconciler(
            HostAdvance advance,
            Function<HostAddress, HostAccess> connector,
            Connections<HostLink> links,
            Connections<DedicatedServers> robots,
            AccountKeys keys,
            ReferencedObjects references,
            KnownObjects<BareMetalHost> hosts,
            HostBoard board,
            HardwareMetrics hardware,
            BooleanSupplier allKnown,
            InstantSource clock) {
        this.advance = advance;
        this.connector = connector;
        this.links = links;
        this.robots = robots;
        this.keys = keys;
        this.references = references;
        this.hosts = hosts;
        this.board = board;
        this.hardware = hardware;
        this.allKnown = allKnown;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, BareMetalHost>> prepareEventSources(EventSourceContext<BareMetalHost> context) {
        return hosts.eventSources(context);
    }

    @Override
    public UpdateControl<BareMetalHost> reconcile(BareMetalHost host, Context<BareMetalHost> context) {
        look(host, context);
        return UpdateControl.noUpdate();
    }

    @Override
    public DeleteControl cleanup(BareMetalHost host, Context<BareMetalHost> context) {
        return look(host, context) ? DeleteControl.defaultDelete() : DeleteControl.noFinalizerRemoval();
    }

    /** Returns whether nothing is left to do for the host. */
    private boolean look(BareMetalHost host, Context<BareMetalHost> context) {
        if (!allKnown.getAsBoolean()) {
            hosts.lookAgain(host, A_MOMENT);
            return false;
        }
        Advanced advanced =
                advance.advance(host, reach(host), (known, status) -> StatusStore.write(known, status, context));
        if (advanced.forgotten()) {
            hosts.noLonger(host);
            links.drop(Names.of(host));
            hardware.forget(Names.of(host));
        } else {
            hosts.lookAgain(host, advanced.lookAgainIn());
        }
        if (advanced.moved()) {
            wakeThoseThatWait(host);
        }
        return advanced.forgotten();
    }

    /** Whose turn it is may be another's now. */
    private void wakeThoseThatWait(BareMetalHost looked) {
        hosts.objects()
                .filter(other -> !Names.of(other).equals(Names.of(looked)))
                .filter(HostTurns::waits)
                .map(Names::of)
                .map(Names::id)
                .forEach(hosts::wake);
    }

    private HostReach reach(BareMetalHost host) {
        String name = Names.of(host);
        HostLink link = links.ensure(
                name,
                name,
                () -> new HostLink(
                        name,
                        connector,
                        clock,
                        (before, now) -> heard(name, before, now),
                        (before, now) -> examined(name, before, now)));
        RobotServer robot = host.getSpec().robot();
        SshHost ssh = host.getSpec().ssh();
        if (robot == null) {
            Outcome<AccountKey> key = ssh == null
                    ? Outcome.failed(new PortError.Invalid("spec.ssh", "spec.ssh is not set"))
                    : key(host, ssh);
            return new HostReach(null, 0, key, link);
        }
        String account = String.valueOf(HostWishes.account(host));
        return new HostReach(
                robots.find(account)
                        .<Outcome<DedicatedServers>>map(Outcome::done)
                        .orElseGet(() -> Outcome.failed(notConnected(account))),
                robot.serverNumber(),
                keys.find(account)
                        .<Outcome<AccountKey>>map(Outcome::done)
                        .orElseGet(() -> Outcome.failed(notConnected(account))),
                link);
    }

    private static PortError notConnected(String account) {
        return new PortError.Transient("spec.robot.accountRef: the HetznerAccount " + account
                + " is not there, or cannot be used yet: see its status");
    }

    private Outcome<AccountKey> key(BareMetalHost host, SshHost ssh) {
        String secret = ssh.sshKey().secretRef().name();
        return references
                .secret(host.getMetadata().getNamespace(), secret, hosts.waking(Names.of(host)))
                .then(known -> AccountKey.of(secret, known.values()));
    }

    /** What its system tells has the host looked at again where the host's own life depends on it. */
    private void heard(String name, Reading<HostReport> before, Reading<HostReport> now) {
        board.heard(name, now);
        hosts.find(name)
                .filter(host -> !Objects.equals(kind(before), kind(now))
                        || !sign(host, before).equals(sign(host, now)))
                .ifPresent(host -> hosts.wake(Names.id(name)));
    }

    /** Of what its hardware tells, only what is shown in its status has it looked at again. */
    private void examined(String name, Known before, Known now) {
        hardware.show(name, now);
        // How long it has told nothing is shown, too.
        boolean isAsShown = before.checkup().equals(now.checkup())
                && wear(before).equals(wear(now))
                && before.trouble() == null
                && now.trouble() == null;
        if (!isAsShown) {
            hosts.wake(Names.id(name));
        }
    }

    private static List<HostDiskWear> wear(Known known) {
        return known.report() == null ? List.of() : HardwareStatuses.wear(known.report());
    }

    private static @Nullable Class<?> kind(Reading<HostReport> reading) {
        return reading.trouble() == null ? null : reading.trouble().getClass();
    }

    private static String sign(BareMetalHost host, Reading<HostReport> reading) {
        HostReport report = reading.value();
        return report == null
                ? ""
                : report.bootId()
                        + HostHealth.failings(host.getSpec(), report)
                        + report.units().stream().map(HostUnit::name).sorted().toList();
    }
}
