package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.kube.host.HostAdvance.Advanced;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.port.Installation.Raw;
import dev.shedmaster.port.Outcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** One host that an operator looks after in memory, by a clock that tests move. */
abstract class OneHost {
    static final Instant BORN = Instant.parse("2026-11-24T21:00:00Z");

    final KubernetesClient unused = new KubernetesClientBuilder().build();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Informed<BareMetalHost> hosts = new Informed<>(BareMetalHost.class, woken -> {});
    final List<BareMetalHostStatus> writes = new ArrayList<>();
    /** That events are to be written. */
    final List<Runnable> events = new ArrayList<>();

    final List<HostTenant> tenants = new ArrayList<>();
    Instant now = BORN;
    final ServerOnATable server = new ServerOnATable(() -> now);
    final HostWishes wishes = new HostWishes("here");
    final HostBoard board = new HostBoard();
    final HostLink link = new HostLink("ci/h", server::open, () -> now, (before, after) -> {}, (before, after) -> {});
    Outcome<Raw> image = Outcome.done(new Raw("https://images.example.org/1.raw", SampleHosts.SHA256));

    @Nullable
    StockNews stock;

    BooleanSupplier killedWhen = () -> false;
    BareMetalHost host = SampleHosts.toBeWiped("h");
    HostAdvance advance = operator();

    /** A new operator, which knows nothing but what is written. */
    HostAdvance operator() {
        return new HostAdvance(
                wishes,
                new HostTurns(
                        hosts.known(),
                        new Informed<>(HetznerAccount.class, woken -> {}).known(),
                        name -> tenants,
                        () -> now),
                name -> tenants,
                new HostHands(
                        wishes, one -> image.map(raw -> raw), namespace -> new ProbePeer("jenkins", 443), one -> true),
                board,
                new HostJournal(new EventRecorder(unused, "test", () -> now, events::add), meters),
                name -> Optional.ofNullable(stock),
                () -> now);
    }

    @AfterEach
    void close() {
        link.close();
        unused.close();
    }

    Advanced look() {
        hosts.put(host);
        return advance.advance(
                host,
                new HostReach(
                        host.getSpec().robot() == null ? null : Outcome.done(server),
                        321,
                        Outcome.done(ServerOnATable.accountKey()),
                        link),
                (known, status) -> {
                    writes.add(status);
                    host = written(known, status);
                    if (killedWhen.getAsBoolean()) {
                        throw new Killed();
                    }
                    return host;
                });
    }

    /** As the API server keeps it: what JSON does not carry is gone. */
    BareMetalHost written(BareMetalHost known, BareMetalHostStatus status) {
        KubernetesSerialization json = unused.getKubernetesSerialization();
        BareMetalHost copy = json.clone(known);
        copy.setStatus(json.unmarshal(json.asJson(status), BareMetalHostStatus.class));
        return copy;
    }

    void until(HostPhase phase) {
        for (int look = 0; look < 200; look++) {
            Advanced advanced = look();
            if (phase() == phase || advanced.forgotten()) {
                return;
            }
            now = now.plus(advanced.lookAgainIn() == null ? Duration.ofMinutes(1) : advanced.lookAgainIn());
        }
        throw new AssertionError("it stays in " + host.getStatus());
    }

    HostPhase phase() {
        return status().phase();
    }

    BareMetalHostStatus status() {
        assertThat(host.getStatus()).isNotNull();
        return host.getStatus();
    }

    void changes(BareMetalHost other) {
        other.setStatus(host.getStatus());
        host = other;
    }

    void isToHaveAnotherImage() {
        changes(SampleHosts.of(
                "h",
                SampleHosts.spec(
                        host.getSpec().robot(),
                        null,
                        SampleHosts.image("2"),
                        host.getSpec().maintenance())));
    }

    void isDeleted() {
        host.getMetadata().setDeletionTimestamp(now.toString());
    }

    void untilReadyInTheEnd() {
        for (int look = 0; look < 1000 && (host.getStatus() == null || phase() != HostPhase.READY); look++) {
            try {
                look();
            } catch (Killed e) {
                killedWhen = () -> false;
                advance = operator();
            }
            now = now.plusSeconds(20);
        }
        assertThat(phase()).isEqualTo(HostPhase.READY);
    }

    static final class Killed extends RuntimeException {
        static final long serialVersionUID = 1L;
    }
}
