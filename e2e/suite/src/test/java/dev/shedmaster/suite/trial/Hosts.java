package dev.shedmaster.suite.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.api.v1alpha1.HostSystem;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.suite.world.ImageShop;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;

/** The servers that a world has rented at the lab's Robot, which are RX220s, and the objects that describe them. */
public record Hosts(World world, ImageShop images) {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    /** Connects the world to its Jenkins and to an account at Robot, which has servers of these numbers. */
    public static Hosts rented(World world, ImageShop images, int... numbers) {
        for (int number : numbers) {
            world.lab().robot().rent(number);
        }
        Fleet.of(world).connected();
        world.apply(Manifests.robot(world.lab(), ClientKey.fresh().privateKey()));
        return new Hosts(world, images);
    }

    public DedicatedServer server(int number) {
        return world.lab().robot().server(number);
    }

    public static String name(int number) {
        return "rx220-" + number;
    }

    /** Says what a server of that number is to be, or to become. */
    public Hosts with(int number, String image) {
        world.apply("""
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
                """.formatted(name(number), number, images.url(image), SHA256));
        return this;
    }

    public void awaitHost(int number, ThrowingConsumer<BareMetalHostStatus> holds) {
        await("host " + name(number)).atMost(Trial.PATIENCE).untilAsserted(() -> {
            BareMetalHostStatus status = object(number).getStatus();
            assertThat(status).isNotNull();
            holds.accept(status);
        });
    }

    public void awaitReady(int number) {
        awaitHost(number, status -> assertThat(status.phase()).isEqualTo(HostPhase.READY));
    }

    private BareMetalHost object(int number) {
        return world.all(BareMetalHost.class).withName(name(number)).require();
    }

    /** The boot in which its system was last found fit; empty text while none was. */
    public String boot(int number) {
        return boot(object(number).getStatus());
    }

    public static String boot(@Nullable BareMetalHostStatus status) {
        HostSystem installed = status == null ? null : status.record().installed();
        return installed == null || installed.bootId() == null ? "" : installed.bootId();
    }

    /** How often Robot was asked to reset a server, whatever it answered. */
    public long resets() {
        return world.lab().robot().calls().entries().stream()
                .filter(call -> call.method().equals("POST") && call.path().startsWith("/reset/"))
                .count();
    }
}
