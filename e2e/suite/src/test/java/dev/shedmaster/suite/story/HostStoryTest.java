package dev.shedmaster.suite.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.Hosts;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.ImageShop;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of dedicated servers, from the manifest to their end. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class HostStoryTest {
    private final ImageShop images = new ImageShop();

    @AfterEach
    void close() {
        images.close();
    }

    @Test
    void aBlankServerIsInstalledGoesOnAfterALostPowerAndIsWipedAtItsEnd(Trial trial) {
        World world = trial.served();
        Hosts hosts = Hosts.rented(world, images, 321).with(321, "one");
        DedicatedServer server = hosts.server(321);
        hosts.awaitHost(321, status -> {
            assertThat(Fleet.condition(status.conditions(), "Ready")).startsWith("TRUE: Serves");
            assertThat(Fleet.condition(status.conditions(), "KvmUsable")).startsWith("TRUE");
            assertThat(status.room()).isNotNull();
            assertThat(status.room().cpus()).isEqualTo("0/76");
        });
        assertThat(hosts.resets()).isEqualTo(1);

        server.power().cut();
        server.power().turnOn();
        String before = hosts.boot(321);
        hosts.awaitHost(321, status -> {
            assertThat(status.phase()).isEqualTo(HostPhase.READY);
            assertThat(Hosts.boot(status)).isNotEqualTo(before);
        });
        assertThat(hosts.resets()).as("it has come back by itself").isEqualTo(1);

        world.all(BareMetalHost.class).withName(Hosts.name(321)).delete();
        await("its end")
                .atMost(Trial.PATIENCE)
                .until(() ->
                        world.all(BareMetalHost.class).withName(Hosts.name(321)).get() == null);
        assertThat(server.name()).isEqualTo("server-321");
        assertThat(server.disk()).isEmpty();
    }

    @Test
    void anImageThatIsNotWhatItShouldBeIsNamedAndAnotherOneHeals(Trial trial) {
        World world = trial.served();
        Hosts hosts = Hosts.rented(world, images, 321);
        world.lab().robot().post(Fault.once(FaultKind.CHECKSUM_MISMATCH).at(321));
        hosts.with(321, "one");
        hosts.awaitHost(321, status -> {
            assertThat(status.phase()).isEqualTo(HostPhase.QUARANTINED);
            assertThat(Fleet.condition(status.conditions(), "Healthy"))
                    .startsWith("FALSE: ImageUnusable")
                    .contains("spec.image");
        });
        hosts.with(321, "two");
        hosts.awaitReady(321);
    }

    @Test
    void theHostsPowerDiesWhileItWorks(Trial trial) {
        World world = trial.served();
        Hosts hosts = Hosts.rented(world, images, 321).with(321, "one");
        DedicatedServer server = hosts.server(321);
        Fleet.of(world).with(PoolText.onHosts("arm64-kvm").scaling("max: 20, idleTimeout: 5s"));
        hosts.awaitReady(321);
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
        hosts.awaitReady(321);
        world.lab().jenkins().enqueue(Batch.freestyle("after-it", 1, "arm64 && kvm", Duration.ofSeconds(2)));
        Builds.of(world, "after-it").awaitSuccess(1);
    }

    @Test
    void theImageOfThreeHostsIsChangedOneAtATimeAndNoJobDies(Trial trial) {
        World world = trial.served();
        Hosts hosts = Hosts.rented(world, images, 321, 322, 323);
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
            hosts.with(number, "one");
        }
        numbers.forEach(hosts::awaitReady);
        // Ten workers of 16 threads and 48Gi do not fit on two hosts: one runs on each of the three.
        world.lab().jenkins().enqueue(Batch.freestyle("through-it", 11, "arm64 && kvm", Duration.ofSeconds(90)));
        Builds.of(world, "through-it").awaitRunning(11);

        numbers.forEach(number -> hosts.with(number, "two"));
        Set<String> upgraded = new HashSet<>();
        await("all three have the new image")
                .atMost(Trial.PATIENCE.multipliedBy(3))
                .until(() -> {
                    List<BareMetalHost> known =
                            world.all(BareMetalHost.class).list().getItems();
                    assertThat(known)
                            .filteredOn(host ->
                                    host.getStatus() != null && host.getStatus().phase() != HostPhase.READY)
                            .as("hosts that are out of service at the same time")
                            .hasSizeLessThanOrEqualTo(1);
                    known.stream()
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
}
