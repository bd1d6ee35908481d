package dev.shedmaster.suite.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.api.v1alpha1.HostSystem;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.ImageShop;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of dedicated servers, from the manifest to their end. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class HostStoryTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private final ImageShop images = new ImageShop();

    @AfterEach
    void close() {
        images.close();
    }

    @Test
    void aBlankServerIsInstalledGoesOnAfterALostPowerAndIsWipedAtItsEnd(Trial trial) {
        World world = rented(trial, 321);
        DedicatedServer server = world.lab().robot().server(321);
        world.apply(host("rx220-1", 321, "one"));
        awaitHost(world, "rx220-1", status -> {
            assertThat(Fleet.condition(status.conditions(), "Ready")).startsWith("TRUE: Serves");
            assertThat(Fleet.condition(status.conditions(), "KvmUsable")).startsWith("TRUE");
            assertThat(status.room()).isNotNull();
            assertThat(status.room().cpus()).isEqualTo("0/76");
        });
        assertThat(resets(world)).isEqualTo(1);

        server.power().cut();
        server.power().turnOn();
        String before = bootOf(world);
        awaitHost(world, "rx220-1", status -> {
            assertThat(status.phase()).isEqualTo(HostPhase.READY);
            assertThat(boot(status)).isNotEqualTo(before);
        });
        assertThat(resets(world)).as("it has come back by itself").isEqualTo(1);

        world.all(BareMetalHost.class).withName("rx220-1").delete();
        await("its end")
                .atMost(Trial.PATIENCE)
                .until(() -> world.all(BareMetalHost.class).withName("rx220-1").get() == null);
        assertThat(server.name()).isEqualTo("server-321");
        assertThat(server.disk()).isEmpty();
    }

    @Test
    void anImageThatIsNotWhatItShouldBeIsNamedAndAnotherOneHeals(Trial trial) {
        World world = rented(trial, 321);
        world.lab().robot().post(Fault.once(FaultKind.CHECKSUM_MISMATCH).at(321));
        world.apply(host("rx220-1", 321, "one"));
        awaitHost(world, "rx220-1", status -> {
            assertThat(status.phase()).isEqualTo(HostPhase.QUARANTINED);
            assertThat(Fleet.condition(status.conditions(), "Healthy"))
                    .startsWith("FALSE: ImageUnusable")
                    .contains("spec.image");
        });
        world.apply(host("rx220-1", 321, "two"));
        awaitHost(world, "rx220-1", status -> assertThat(status.phase()).isEqualTo(HostPhase.READY));
    }

    @Test
    void theHostsPowerDiesWhileItWorks(Trial trial) {
        World world = rented(trial, 321);
        DedicatedServer server = world.lab().robot().server(321);
        world.apply(host("rx220-1", 321, "one"));
        Fleet.of(world).with(PoolText.onHosts("arm64-kvm").scaling("max: 20, idleTimeout: 5s"));
        awaitHost(world, "rx220-1", status -> assertThat(status.phase()).isEqualTo(HostPhase.READY));
        world.lab().jenkins().enqueue(Batch.freestyle("cut-off", 1, "arm64 && kvm", Duration.ofMinutes(30)));
        Builds.of(world, "cut-off").awaitRunning(1);
        String lost = world.workers().getFirst().getMetadata().getName();

        server.power().cut();
        server.power().turnOn();
        await("the lost worker is gone")
                .atMost(Trial.PATIENCE)
                .untilAsserted(() -> assertThat(world.workers())
                        .extracting(worker -> worker.getMetadata().getName())
                        .doesNotContain(lost));
        awaitHost(world, "rx220-1", status -> assertThat(status.phase()).isEqualTo(HostPhase.READY));
        world.lab().jenkins().enqueue(Batch.freestyle("after-it", 1, "arm64 && kvm", Duration.ofSeconds(2)));
        Builds.of(world, "after-it").awaitSuccess(1);
    }

    @Test
    void theImageOfThreeHostsIsChangedOneAtATimeAndNoJobDies(Trial trial) {
        World world = rented(trial, 321, 322, 323);
        world.cluster()
                .kubectl(
                        "patch",
                        "hetzneraccount/robot",
                        "-n",
                        world.namespace(),
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"limits\":{\"provisioningAtOnce\":3}}}");
        Fleet.of(world).with(PoolText.onHosts("arm64-kvm").scaling("max: 20, idleTimeout: 5s"));
        List<Integer> numbers = List.of(321, 322, 323);
        for (int number : numbers) {
            world.apply(host("rx220-" + number, number, "one"));
        }
        numbers.forEach(number -> awaitHost(
                world, "rx220-" + number, status -> assertThat(status.phase()).isEqualTo(HostPhase.READY)));
        // Ten workers of 16 threads and 48Gi do not fit on two hosts: one runs on each of the three.
        world.lab().jenkins().enqueue(Batch.freestyle("through-it", 11, "arm64 && kvm", Duration.ofSeconds(90)));
        Builds.of(world, "through-it").awaitRunning(11);

        numbers.forEach(number -> world.apply(host("rx220-" + number, number, "two")));
        Set<String> upgraded = new HashSet<>();
        await("all three have the new image")
                .atMost(Trial.PATIENCE.multipliedBy(3))
                .until(() -> {
                    List<BareMetalHost> hosts =
                            world.all(BareMetalHost.class).list().getItems();
                    assertThat(hosts)
                            .filteredOn(host ->
                                    host.getStatus() != null && host.getStatus().phase() != HostPhase.READY)
                            .as("hosts that are out of service at the same time")
                            .hasSizeLessThanOrEqualTo(1);
                    hosts.stream()
                            .filter(host ->
                                    host.getStatus() != null && host.getStatus().phase() == HostPhase.READY)
                            .filter(host -> Fleet.condition(host.getStatus().conditions(), "Provisioned")
                                    .startsWith("TRUE: Installed"))
                            .filter(host -> Objects.equals(host.getStatus().observedGeneration(), 2L))
                            .forEach(host -> upgraded.add(host.getMetadata().getName()));
                    return upgraded.size() == 3;
                });
        Builds.of(world, "through-it").awaitSuccess(11);
    }

    /** A namespace with an account at Robot, which has servers of these numbers, and its key. */
    private static World rented(Trial trial, int... numbers) {
        World world = trial.served();
        for (int number : numbers) {
            world.lab().robot().rent(number);
        }
        Fleet.of(world).connected();
        world.apply(Manifests.robot(world.lab(), ClientKey.fresh().privateKey()));
        return world;
    }

    private String host(String name, int number, String image) {
        return """
                apiVersion: shedmaster.dev/v1alpha1
                kind: BareMetalHost
                metadata: {name: %s, labels: {class: rx220}}
                spec:
                  robot: {accountRef: {name: robot}, serverNumber: %d}
                  hardware: {architecture: arm64, cpus: 80, memory: 256Gi}
                  image: {url: "%s", sha256: %s}
                  rootDisk: {index: 0}
                  scratchDisk: {index: 1}
                  reserved: {cpus: 4, memory: 12Gi}
                  deletionPolicy: Wipe
                """.formatted(name, number, images.url(image), SHA256);
    }

    private static long resets(World world) {
        return world.lab().robot().calls().entries().stream()
                .filter(call -> call.method().equals("POST") && call.path().startsWith("/reset/"))
                .count();
    }

    private static String bootOf(World world) {
        return boot(Objects.requireNonNull(
                world.all(BareMetalHost.class).withName("rx220-1").require().getStatus()));
    }

    private static String boot(BareMetalHostStatus status) {
        HostSystem installed = status.record().installed();
        return installed == null || installed.bootId() == null ? "" : installed.bootId();
    }

    private static void awaitHost(World world, String name, ThrowingConsumer<BareMetalHostStatus> holds) {
        await("host " + name).atMost(Trial.PATIENCE).untilAsserted(() -> {
            BareMetalHostStatus status =
                    world.all(BareMetalHost.class).withName(name).require().getStatus();
            assertThat(status).isNotNull();
            holds.accept(status);
        });
    }
}
