package dev.shedmaster.kube.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.HostPlacement;
import dev.shedmaster.api.v1alpha1.MachineRequirements;
import dev.shedmaster.core.slot.HostView.Standing;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.host.HostBoard;
import dev.shedmaster.kube.host.Posted;
import dev.shedmaster.kube.host.StockNews;
import dev.shedmaster.kube.machine.HostNeed;
import dev.shedmaster.machine.host.PretendServer;
import dev.shedmaster.port.HostDriver.ImageOrder;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a host is told to fetch and to let go, and what is told of it. */
class StockKeeperTest {
    private static final String HOST = "ci/rx220-1";
    private static final String POOL = "ci/arm64-kvm";
    private static final String BY_NAME =
            "image: {name: worker-jenkins, version: 2026.11.0, index: 'https://images.example.org/index.json'}";
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private Instant now = Instant.parse("2026-11-30T21:00:00Z");
    private final PretendServer server = new PretendServer(() -> now);
    private final HostBoard board = new HostBoard();
    private final Map<String, HostNeed> needs = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private boolean isReady = true;
    private boolean knowsAllPools = true;
    private @Nullable PortError indexFails;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StockKeeper keeper = new StockKeeper(
                    board,
                    card -> new ImageWishes(
                            needs.entrySet().stream()
                                    .flatMap(need -> ImageWish.of(need.getKey(), need.getValue(), card).stream())
                                    .toList(),
                            knowsAllPools),
                    () -> isReady,
                    (onHost, index, name, version, architecture, isolation) -> {
                        asked.add(index + " " + name + " " + version + " " + architecture.word() + " "
                                + isolation.word());
                        return indexFails == null
                                ? Outcome.done(
                                        new ImageOrder(onHost, SHA256, "tar.zst", "https://images.example.org/w"))
                                : Outcome.failed(indexFails);
                    },
                    Runnable::run,
                    (host, news) -> told.add(host + " " + (news == null ? "nothing" : news.reason())),
                    meters,
                    () -> now)
            .start();

    private void wants(String pool, String hosts) {
        HostPlacement placement = Serialization.unmarshal("---\n{" + hosts + "}", HostPlacement.class);
        MachineRequirements machine = Serialization.unmarshal(
                "---\n{architecture: arm64, cpus: 16, memory: 48Gi, kvm: Required}", MachineRequirements.class);
        needs.put(pool, HostNeed.of(placement, machine, "release"));
    }

    private String name(String pool) {
        return Objects.requireNonNull(needs.get(pool)).image().name();
    }

    private void reads(Standing standing) {
        now = now.plusSeconds(5);
        Reading<HostReport> reading = new Reading<>(server.report(), now, null);
        Posted.put(board, Posted.rx220(HOST, standing, server, reading));
    }

    private void reads() {
        reads(Standing.OPEN);
    }

    private StockNews news() {
        return keeper.news(HOST).orElseThrow();
    }

    @Test
    void anImageOfAnIndexIsFetchedAheadOfTheFirstWorker() {
        wants(POOL, "isolation: Container, " + BY_NAME);
        server.has("other", "");
        reads();
        assertThat(asked)
                .containsExactly("https://images.example.org/index.json worker-jenkins 2026.11.0 arm64 Container");
        assertThat(server.calls).containsExactly("fetch " + name(POOL));
        assertThat(news())
                .isEqualTo(new StockNews(
                        StockNews.Stand.FETCHING,
                        "it fetches the image worker-jenkins 2026.11.0 of pool ci/arm64-kvm"));
        reads();
        assertThat(server.calls).as("it is asked how far it is").hasSize(2);

        server.has(name(POOL), SHA256);
        reads();
        assertThat(news().stand()).isEqualTo(StockNews.Stand.FETCHED);
        reads();
        assertThat(server.calls).as("nothing is left to do").hasSize(2);
        assertThat(told).containsExactly(HOST + " Fetching", HOST + " Fetched");
    }

    @Test
    void aFailureSaysWhyIsToldOnceAndTriedAgainLater() {
        wants(POOL, "isolation: Container, " + BY_NAME);
        server.has("other", "");
        indexFails = new PortError.Invalid("version", "no image of the version 2026.11.0");
        reads();
        reads();
        assertThat(news().reason()).isEqualTo("FetchFailed");
        assertThat(news().message())
                .isEqualTo("the image worker-jenkins 2026.11.0 of pool ci/arm64-kvm cannot be had, and is tried again:"
                        + " hosts.image: no image of the version 2026.11.0");
        assertThat(asked).as("not at each reading").hasSize(1);
        assertThat(meters.counter("shedmaster.host.images", "deed", "fetch", "outcome", "Invalid")
                        .count())
                .isEqualTo(1);

        now = now.plus(Duration.ofMinutes(1));
        indexFails = null;
        reads();
        assertThat(server.calls).containsExactly("fetch " + name(POOL));
        server.has(name(POOL), SHA256);
        reads();
        assertThat(told).containsExactly(HOST + " Fetching", HOST + " FetchFailed", HOST + " Fetched");
    }

    @Test
    void anImageAtAUrlNeedsNoIndex() {
        wants(
                POOL,
                "isolation: Container, image: {url: 'https://images.example.org/a/worker.tar.zst', sha256: " + SHA256
                        + "}");
        server.has("other", "");
        reads();
        assertThat(server.fetches)
                .containsExactly(
                        new ImageOrder(SHA256, SHA256, "tar.zst", "https://images.example.org/a/worker.tar.zst"));
        assertThat(asked).isEmpty();
    }

    @Test
    void aVirtualMachinesDiskHasItsOwnName() {
        HostPlacement placement = Serialization.unmarshal(
                "---\n{image: {url: 'https://images.example.org/worker.qcow2', sha256: " + SHA256 + "}}",
                HostPlacement.class);
        MachineRequirements machine =
                Serialization.unmarshal("---\n{architecture: arm64, cpus: 4, memory: 8Gi}", MachineRequirements.class);
        needs.put(POOL, HostNeed.of(placement, machine, "release"));
        server.has("other", "");
        reads();
        assertThat(server.fetches)
                .containsExactly(
                        new ImageOrder(SHA256 + ".qcow2", SHA256, "qcow2", "https://images.example.org/worker.qcow2"));
    }

    @Test
    void whatNobodyWantsAnyMoreGoesWhenItIsOld() {
        server.has("worker-jenkins-old", SHA256);
        wants(POOL, "isolation: Container");
        reads();
        assertThat(server.calls).isEmpty();
        now = now.plus(Duration.ofDays(8));
        reads();
        assertThat(server.calls).containsExactly("drop " + SHA256);
        assertThat(keeper.news(HOST)).as("no pool wants one fetched").isEmpty();
    }

    @Test
    void nothingIsLetGoBeforeAllPoolsAreKnown() {
        server.has("worker-jenkins-old", SHA256);
        now = now.plus(Duration.ofDays(8));
        isReady = false;
        reads();
        isReady = true;
        knowsAllPools = false;
        reads();
        assertThat(server.calls).isEmpty();
        knowsAllPools = true;
        reads();
        assertThat(server.calls).containsExactly("drop " + SHA256);
    }

    @Test
    void nothingIsDoneToAHostThatIsNotOpenOrSelectedOrDoesNotSayWhatItHas() {
        wants(POOL, "isolation: Container, " + BY_NAME);
        reads();
        assertThat(server.calls).as("it has not said what it has").isEmpty();
        server.has("other", "");
        reads(Standing.DRAINING);
        assertThat(server.calls).isEmpty();
        wants(POOL, "isolation: Container, selector: {matchLabels: {class: other}}, " + BY_NAME);
        reads();
        needs.remove(POOL);
        wants("elsewhere/arm64-kvm", "isolation: Container, " + BY_NAME);
        reads();
        assertThat(server.calls).isEmpty();
    }

    @Test
    void thatNoPoolWantsOneAnyMoreIsToldToo() {
        wants(POOL, "isolation: Container, " + BY_NAME);
        server.has("other", "");
        reads();
        needs.clear();
        reads();
        assertThat(keeper.news(HOST)).isEmpty();
        assertThat(told).containsExactly(HOST + " Fetching", HOST + " nothing");
    }

    @Test
    void aHostThatIsGoneIsForgotten() {
        wants(POOL, "isolation: Container, " + BY_NAME);
        server.has("other", "");
        reads();
        Posted.remove(board, HOST);
        assertThat(keeper.news(HOST)).isEmpty();
    }
}
