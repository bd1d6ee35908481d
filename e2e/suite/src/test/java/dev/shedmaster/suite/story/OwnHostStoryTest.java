package dev.shedmaster.suite.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostIsolation;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.ImageShop;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a person says who has a server of his own. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class OwnHostStoryTest {
    private static final int NUMBER = 321;

    /** A server that somebody has installed, and the object that describes it. */
    private static DedicatedServer installed(World world) {
        ClientKey key = ClientKey.fresh();
        InstalledOs os = InstalledOs.fresh("rx220-1", List.of(key.publicKey()));
        DedicatedServer server = world.lab().robot().rent(NUMBER);
        world.lab().robot().bootInstalled(server, os);
        await().atMost(Trial.PATIENCE).until(() -> server.power().door().isPresent());
        SshDoor door = server.power().door().orElseThrow();
        world.apply(Manifests.hostKey(key.privateKey()));
        world.apply(Manifests.installedHost(
                "rx220-1",
                door.address().getHostAddress(),
                door.port(),
                os.hostKeys().publicKeys().stream().map(PublicKeyText::line).toList(),
                "hardware: {architecture: arm64, cpus: 80, memory: 252Gi}, reserved: {cpus: 4, memory: 12Gi}"));
        return server;
    }

    @Test
    void theImageThatAPoolNamesIsFetchedAndWhyItCannotBeIsSaid(Trial trial) {
        World world = trial.served();
        world.apply(Manifests.jenkins(world.lab()));
        installed(world);
        try (ImageShop images = new ImageShop()) {
            String image = "name: worker-kola, version: \"%d\", index: \"" + images.index() + "\"";
            Fleet.of(world)
                    .with(PoolText.onHosts("arm64-kvm", image.formatted(1)).scaling("max: 5, idleTimeout: 5s"));
            world.lab().jenkins().enqueue(Batch.freestyle("kola", 1, "arm64 && kvm", Duration.ofSeconds(2)));
            awaitImages(world, "FALSE: FetchFailed", "has no image of the version 1: 2 can be had");
            assertThat(world.workers()).as("none is made that could not run").isEmpty();

            world.apply(PoolText.onHosts("arm64-kvm", image.formatted(2))
                    .scaling("max: 5, idleTimeout: 5s")
                    .yaml(world));
            Builds.of(world, "kola").awaitRunning(1);
            assertThat(world.workers().getFirst().getSpec().placement().host())
                    .satisfies(host -> assertThat(host.image()).startsWith("worker-kola-2-"));
            awaitImages(world, "TRUE: Fetched", "it has the images that pools want there");
            Builds.of(world, "kola").awaitSuccess(1);
        }
        world.all(BareMetalHost.class).delete();
    }

    private static void awaitImages(World world, String begin, String words) {
        await().atMost(Trial.PATIENCE).untilAsserted(() -> {
            BareMetalHostStatus status =
                    world.all(BareMetalHost.class).withName("rx220-1").require().getStatus();
            assertThat(status).isNotNull();
            assertThat(Fleet.condition(status.conditions(), "ImagesReady"))
                    .startsWith(begin)
                    .contains(words);
        });
    }

    @Test
    void aJobThatAsksForArm64AndKvmRunsInAContainerOnMyServer(Trial trial) {
        World world = trial.served();
        world.apply(Manifests.jenkins(world.lab()));
        DedicatedServer server = installed(world);
        Fleet.of(world).with(PoolText.onHosts("arm64-kvm").scaling("max: 5, idleTimeout: 5s"));
        world.lab().jenkins().enqueue(Batch.freestyle("kola", 1, "arm64 && kvm", Duration.ofSeconds(5)));
        Builds.of(world, "kola").awaitRunning(1);

        Worker worker = world.workers().getFirst();
        assertThat(worker.getSpec().placement().host()).satisfies(host -> {
            assertThat(host.hostRef().name()).isEqualTo("rx220-1");
            assertThat(host.isolation()).isEqualTo(HostIsolation.CONTAINER);
        });
        assertThat(world.cluster().kubectl("get", "workers", "-n", world.namespace()))
                .contains("rx220-1/Container");
        assertThat(server.power().workerHost().orElseThrow().workers()).hasSize(1);

        Builds.of(world, "kola").awaitSuccess(1);
        await().atMost(Trial.PATIENCE).untilAsserted(() -> {
            assertThat(world.workers()).isEmpty();
            assertThat(server.power().workerHost().orElseThrow().workers()).isEmpty();
        });
        world.all(BareMetalHost.class).delete();
        await().atMost(Trial.PATIENCE)
                .untilAsserted(
                        () -> assertThat(world.all(BareMetalHost.class).list().getItems())
                                .isEmpty());
    }
}
