package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.HostIsolation;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.machine.host.GuestNetwork;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A whole virtual machine, from the manifests to its end: the operator has a real Debian server start QEMU, and the
 * system in there reads its seed, connects to Jenkins and runs a job. The server has no KVM, as most machines on which
 * tests run, so that its owner lets it emulate.
 */
@ExtendWith(Trials.class)
class JobInAVirtualMachineTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Long enough to look at the machine while the job runs. */
    private static final Duration JOB = Duration.ofSeconds(10);

    @RegisterExtension
    static final BareServer SERVER = new BareServer();

    @Test
    void aJobWithoutKvmRunsInAVirtualMachineAndCannotReachTheHost(Trial trial, TestReporter reporter) throws Exception {
        BareServer.assumeInstalled(
                List.of("zstd", "cpio", "mkfs.vfat", "mcopy", "qemu-img"),
                "with which a guest's disk is made: apt-get install zstd cpio dosfstools mtools qemu-utils");
        SERVER.losesKvm();
        SERVER.saysThatLimitsHold();
        SERVER.put(BareServer.made("make-guest.sh").resolve("disk.qcow2"), "guest.qcow2");
        String neighbour = neighbour();
        World world = trial.served();
        try (Relay relay = Relay.at(SERVER.world(), world.lab().jenkins().url());
                Listener somebody = new Listener(SERVER.world())) {
            world.apply(Manifests.jenkins(world.lab(), relay.url()));
            world.apply(Manifests.hostKey(SERVER.clientKey()));
            world.apply(host());
            world.apply(template());
            world.apply(pool(world, List.of(SERVER.address() + " 22", neighbour, somebody.target())));
            world.lab().jenkins().enqueue(Batch.freestyle("pulls", 1, "amd64", JOB));
            Builds builds = Builds.of(world, "pulls");

            Instant begun = Instant.now();
            await("the job runs").atMost(PATIENCE).until(() -> builds.running() == 1);
            reporter.publishEntry(
                    "from apply to the job",
                    Duration.between(begun, Instant.now()).toSeconds() + " s");
            Worker worker = world.workers().getFirst();
            assertThat(worker.getSpec().placement().host())
                    .satisfies(slot -> assertThat(slot.isolation()).isEqualTo(HostIsolation.VIRTUAL_MACHINE));
            String name = worker.getMetadata().getName();
            assertIsEmulatedAndKeepsItsSecrets(name);
            String gateway =
                    GuestNetwork.of(MachineName.parse(name).orElseThrow()).gateway();
            await("the job has tried all")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(console(name))
                            .contains(
                                    "TARGET " + SERVER.address() + " 22 not",
                                    "TARGET " + gateway + " 22 not",
                                    "TARGET " + neighbour + " not",
                                    "TARGET " + somebody.target() + " reached"));
            assertThat(somebody.callers()).containsExactly(SERVER.address());

            builds.awaitSuccess(1, PATIENCE);
            assertThat(builds.nodes()).containsExactly(name);
            await("nothing is left").atMost(PATIENCE).untilAsserted(() -> {
                assertThat(world.workers()).isEmpty();
                assertThat(SERVER.left(name)).isEmpty();
            });
            assertThat(SERVER.does("ls /run/shedmaster/units")).doesNotContain(name);
            assertThat(SERVER.does("pgrep -c qemu-system || true")).isEqualTo("0");
            assertThat(SERVER.does("journalctl UNIT=" + name + ".service"))
                    .as("it shut down when it was asked to")
                    .contains("Deactivated successfully")
                    .doesNotContain("SIGKILL", "timed out");
        }
    }

    /** Another one's worker, which listens; the server itself reaches it. Its address and port. */
    private static String neighbour() {
        done(SERVER.driver().install());
        String name = Orders.freshName();
        String target = GuestNetwork.of(MachineName.parse(name).orElseThrow()).address() + " 4000";
        done(SERVER.driver().start(Orders.order(name, "nc -ll -p 4000 -e true")));
        awaitPhase(SERVER.driver(), name, Phase.RUNNING);
        await().untilAsserted(() -> assertThat(SERVER.does("busybox nc -w 3 " + target + " < /dev/null && echo open"))
                .isEqualTo("open"));
        return target;
    }

    private static void assertIsEmulatedAndKeepsItsSecrets(String name) {
        assertThat(SERVER.does("tr '\\0' ' ' < /proc/$(pgrep qemu-system)/cmdline"))
                .contains("-name guest=" + name, "-accel tcg", "file.filename=/run/shedmaster/units/" + name)
                .doesNotContain("JENKINS_SECRET");
        assertThat(SERVER.does("stat -c %a /run/shedmaster/units/" + name + "/files/seed"))
                .isEqualTo("600");
        assertThat(SERVER.does("nft list table inet " + name)).contains("drop");
    }

    /** What the guest has said on its serial line. */
    private static String console(String name) {
        return SERVER.does("cat /var/lib/shedmaster/units/" + name + "/console").replace("\r", "");
    }

    private static String host() {
        return Manifests.installedHost(
                "bare",
                SERVER.address(),
                22,
                List.of(SERVER.hostKey()),
                "hardware: {architecture: amd64, cpus: 1, memory: 2Gi, kvm: Unneeded}, slots: {emulation: Allowed},"
                        + " reserved: {cpus: 0, memory: 256Mi}");
    }

    /** The built-in one, with one file more. */
    private static String template() throws IOException {
        String builtIn;
        try (InputStream in = Objects.requireNonNull(JobInAVirtualMachineTest.class.getResourceAsStream(
                "/bootstrap/jenkins-ubuntu.cloud-config.yaml.mustache"))) {
            builtIn = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String extended = builtIn.replace("write_files:\n", """
                write_files:
                  - path: /etc/shedmaster/targets
                    encoding: b64
                    content: "{{targetsBase64}}"
                """);
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: with-targets}
                data:
                  template: |
                %s
                """.formatted(extended.indent(4).stripTrailing());
    }

    private static String pool(World world, List<String> targets) {
        PoolText pool = PoolText.named("pulls")
                .machine("architecture: amd64, cpus: 1, memory: 768Mi")
                .placement("{name: own-hosts, hosts: {image: {name: guest}, isolation: VirtualMachine}}");
        return pool.yaml(world) + """
                  bootstrap:
                    format: CloudInit
                    templateRef: {name: with-targets}
                    values: {targetsBase64: "%s"}
                """.formatted(base64(String.join("\n", targets) + "\n"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
