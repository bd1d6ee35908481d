package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.agent.RecordedAgents;
import dev.shedmaster.lab.robot.SshVisitor.Visit;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.WorkerHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a light host does with workers, and what can go wrong. That it speaks as the real program does is tried by the operator's driver. */
class LightHostTest {
    private static final String OTHER = "sm-arm-bbbbbbbb";

    private final RecordedAgents agents = new RecordedAgents();
    private LightLab light;

    @BeforeEach
    void boot() throws Exception {
        light = new LightLab(agents).installed();
    }

    @AfterEach
    void stop() {
        light.close();
    }

    private static OrderTar worker() {
        return OrderTar.container(LightLab.NAME).agent("http://jenkins.example.org/", LightLab.NAME, "5ec2e7");
    }

    private WorkerHost workers() {
        return light.server.power().workerHost().orElseThrow();
    }

    private void started(OrderTar order) throws Exception {
        Visit started = light.start(order);
        assertThat(started.error()).isEmpty();
        assertThat(started.status()).isZero();
    }

    private void awaitAgent() {
        await().until(() -> {
            light.lab.clock.advance(LightLab.BOOT);
            return !agents.started.isEmpty();
        });
    }

    @Test
    void aWorkerBootsItsAgentWithWhatItWasGivenAndEndsWithIt() throws Exception {
        started(worker());
        assertThat(light.unit().path("state").asText()).isEqualTo("active");
        assertThat(agents.started).isEmpty();
        awaitAgent();
        assertThat(agents.started.getFirst().nodeName()).isEqualTo(LightLab.NAME);
        assertThat(agents.started.getFirst().secret()).isEqualTo("5ec2e7");

        agents.exit(LightLab.NAME, 0);
        await().until(() -> {
            light.lab.clock.settle();
            return light.unit().path("result").asText().equals("success");
        });
        assertThat(light.unit().path("state").asText()).isEmpty();
        assertThat(light.host("logs " + LightLab.NAME + " 10000").output())
                .contains("started as " + LightLab.NAME, "Powering off", "Deactivated successfully");
    }

    @Test
    void aVirtualMachineIsConfiguredByItsIgnitionDocument() throws Exception {
        started(OrderTar.machine(LightLab.NAME, "{}"));
        await().until(() -> {
            light.lab.clock.advance(LightLab.BOOT);
            return light.host("logs " + LightLab.NAME + " 10000").output().contains("emergency shell");
        });
        assertThat(light.unit().path("state").asText()).isEqualTo("active");
    }

    @Test
    void workersAreLostWithTheBootAndTheirFoldersStay() throws Exception {
        started(worker());
        awaitAgent();
        String boot = light.list().path("bootId").asText();

        light.server.power().cut();
        await().until(() -> agents.cut.contains(LightLab.NAME));
        light.server.power().turnOn();
        light.lab.clock.advance(RobotLab.TIMES.toDisk());

        JsonNode list = light.list();
        assertThat(list.path("bootId").asText()).isNotEqualTo(boot);
        assertThat(list.path("units")).isEmpty();
        assertThat(list.path("program").asText()).hasSize(64);
        assertThat(light.host("collect").output()).isEqualTo("folder " + LightLab.NAME + "\n");
        assertThat(light.host("collect").output()).isEmpty();
    }

    @Test
    void whoIsGivenMoreMemoryThanThereIsIsKilled() throws Exception {
        started(worker().fact("memory", Long.toString(200L << 30)));
        Visit second = light.host(
                "start " + OTHER,
                OrderTar.container(OTHER)
                        .fact("memory", Long.toString(100L << 30))
                        .bytes());
        assertThat(second.status()).isZero();

        JsonNode units = light.list().path("units");
        assertThat(units.get(0).path("name").asText()).isEqualTo(LightLab.NAME);
        assertThat(units.get(0).path("result").asText()).isEqualTo("exit-code");
        assertThat(units.get(0).path("status").asText()).isEqualTo("137");
        assertThat(units.get(1).path("state").asText()).isEqualTo("active");
        assertThat(light.list().path("freeMemoryBytes").asLong()).isEqualTo((252L - 1 - 100) << 30);
    }

    @Test
    void whoUsesMoreThanItMayIsKilledAndNobodyElse() throws Exception {
        started(worker());
        started2(OrderTar.machine(OTHER, "{}"));
        assertThat(workers().useMemory(LightLab.NAME, 1L << 30)).isTrue();
        assertThat(light.list().at("/units/0/memoryBytes").asLong()).isEqualTo(1L << 30);
        assertThat(workers().useMemory(OTHER, 9L << 30)).isTrue();
        assertThat(light.list().at("/units/0/state").asText()).isEqualTo("active");
        assertThat(light.list().at("/units/1/result").asText()).isEqualTo("signal");
        assertThat(workers().useMemory(OTHER, 1)).isFalse();
        assertThat(workers().kill(LightLab.NAME)).isTrue();
        assertThat(workers().kill(LightLab.NAME)).isFalse();
    }

    private void started2(OrderTar order) throws Exception {
        assertThat(light.host("start " + OTHER, order.bytes()).status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WORKER_IMAGE_MISSING | 6 | the host has no image /var/lib/shedmaster/images/worker",
                "KVM_MISSING          | 6 | the host has no /dev/kvm, which the order asks for",
                "SCRATCH_FULL         | 1 | No space left on device",
            })
    void whatTheHostLacksKeepsAWorkerFromStarting(FaultKind kind, int status, String complaint) throws Exception {
        light.post(kind);
        Visit refused = light.start(worker().fact("device", "kvm"));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.error()).contains(complaint);
        assertThat(light.list().path("units")).isEmpty();
        started(worker().fact("device", "kvm"));
    }

    @Test
    void withoutKvmAMachineEndsAtOnce() throws Exception {
        light.post(FaultKind.KVM_MISSING);
        started(OrderTar.machine(LightLab.NAME, "{}"));
        assertThat(light.unit().path("status").asText()).isEqualTo("1");
    }

    @Test
    void aStartMayHangOrLoseItsAnswer() throws Exception {
        light.post(FaultKind.LOST_START_ANSWER);
        assertThat(light.start(worker()).status()).isEqualTo(-1);
        assertThat(light.unit().path("state").asText()).isEqualTo("active");
        started(worker());
        assertThat(light.host("stop " + LightLab.NAME + " test").status()).isZero();

        light.post(FaultKind.START_HANGS);
        Thread.ofVirtual().start(() -> {
            try {
                light.start(worker());
            } catch (IOException ended) {
                // With the test.
            }
        });
        await().until(() -> light.list().path("units").size() == 1);
        assertThat(light.unit().path("state").asText()).isEmpty();
        assertThat(light.unit().path("ended").isNull()).isTrue();
        started(worker());
        assertThat(light.unit().path("state").asText()).isEqualTo("active");
    }

    @Test
    void aWorkerMayDieComeLateOrWithoutItsAgent() throws Exception {
        light.post(FaultKind.WORKER_DIES_AT_START);
        started(worker());
        assertThat(light.unit().path("result").asText()).isEqualTo("exit-code");
        light.host("stop " + LightLab.NAME + " test");

        light.lab.robot.post(Fault.once(FaultKind.WORKER_BOOTS_LATE).lasting(Duration.ofMinutes(5)));
        light.post(FaultKind.AGENT_NEVER_COMES);
        started(worker());
        light.lab.clock.advance(Duration.ofMinutes(5));
        assertThat(light.host("logs " + LightLab.NAME + " 9999").output()).doesNotContain("booting");
        light.lab.clock.advance(LightLab.BOOT);
        await().until(() ->
                light.host("logs " + LightLab.NAME + " 9999").output().contains("the agent does not come"));
        assertThat(agents.started).isEmpty();
        assertThat(light.unit().path("state").asText()).isEqualTo("active");
    }

    @Test
    void aTrialFindsWhatIsWrong() throws Exception {
        for (FaultKind kind : new FaultKind[] {FaultKind.KVM_MISSING, FaultKind.SCRATCH_FULL}) {
            light.post(kind);
        }
        light.lab.robot.post(Fault.once(FaultKind.CLOCK_OFF).lasting(Duration.ofHours(2)));
        String trials = light.host("probe 127.0.0.1 1").output();
        assertThat(trials)
                .contains(
                        "kvm failed there is no /dev/kvm \n",
                        "scratch failed touch: cannot touch '/var/lib/shedmaster/.probe': No space left on device \n",
                        "clock failed the clock is not synchronised \n",
                        "network failed bash: /dev/tcp/127.0.0.1/1: Connection refused \n",
                        "tun ok  \n");
        assertThat(light.host("probe 127.0.0.1 1").output()).contains("kvm ok  \n", "clock ok  \n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DISK_DYING      | /disks/0/smart/smart_status/passed                                   | true  | false",
                "DISK_WORN       | /disks/0/smart/nvme_smart_health_information_log/percentage_used     | 3     | 91",
                "DISK_MUTE       | /disks/0/silence                                                     | ''    | it has not answered in 10 s",
                "OVERHEATED      | /sensors/0/alarm                                                     | 0     | 1",
                "MEMORY_CORRECTS | /memory/0/corrected                                                  | 0     | 100",
                "MEMORY_LOSES    | /memory/0/uncorrected                                                | 0     | 1",
                "ARRAY_DEGRADED  | /arrays/0/missing                                                    | ''    | 1",
                "SCRATCH_FULL    | /scratch/freeInodes                                                  | 57295061 | 0",
            })
    void itsHardwareMayFail(FaultKind kind, String where, String well, String ill) throws Exception {
        assertThat(light.health().at(where).asText()).isEqualTo(well);
        light.post(kind);
        assertThat(light.health().at(where).asText()).isEqualTo(ill);
    }

    @Test
    void memoryErrorsAreCountedUpInABootAndForgottenWithIt() throws Exception {
        light.lab.robot.post(Fault.always(FaultKind.MEMORY_LOSES).times(2));
        light.health();
        assertThat(light.health().at("/memory/0/uncorrected").asInt()).isEqualTo(2);
        assertThat(light.health().at("/memory/0/uncorrected").asInt()).isEqualTo(2);
        light.server.power().cut();
        light.server.power().turnOn();
        light.lab.clock.advance(RobotLab.TIMES.toDisk());
        assertThat(light.health().at("/memory/0/uncorrected").asInt()).isZero();
    }

    @Test
    void aClockMayBeWrongAndADiskFull() throws Exception {
        light.lab.robot.post(Fault.once(FaultKind.CLOCK_OFF).lasting(Duration.ofHours(2)));
        light.post(FaultKind.SCRATCH_FULL);
        JsonNode list = light.list();
        assertThat(list.path("time").decimalValue().longValue())
                .isEqualTo(light.lab.clock.instant().plus(Duration.ofHours(2)).getEpochSecond());
        assertThat(list.path("clockSynchronised").asBoolean(true)).isFalse();
        assertThat(list.path("freeScratchBytes").asLong()).isZero();
        assertThat(light.list().path("clockSynchronised").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory  | ''           | 3 | the order's memory is not one word of letters, digits and ._:/-",
                "memory  | $(reboot)    | 3 | the order's memory is not one word",
                "surface | rough        | 3 | the order says 'surface', which this version does not know",
                "memory  | much         | 1 | systemd did not start sm-arm-abcdefgh.service",
                "form    | ghost        | 3 | the order's form is neither container nor machine",
                "name    | sm-a-aaaaaaaa | 3 | the order is for sm-a-aaaaaaaa",
            })
    void aWrongOrderIsRefusedAsTheRealProgramDoes(String key, String value, int status, String complaint)
            throws Exception {
        Visit refused = light.start(worker().fact(key, value));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.error()).contains(complaint);
    }

    @Test
    void whatDoesNotArriveWholeIsRefused() throws Exception {
        byte[] whole = worker().bytes();
        for (int bytes : new int[] {0, 100, 512, whole.length / 2}) {
            Visit refused = light.host("start " + LightLab.NAME, Arrays.copyOf(whole, bytes));
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.error()).endsWith("the order did not arrive whole\n");
        }
        byte[] broken = whole.clone();
        broken[0] ^= 1;
        assertThat(light.host("start " + LightLab.NAME, broken).status()).isEqualTo(1);
        assertThat(light.start(worker().without("tasks")).error()).isEqualTo("the order says nothing of its tasks\n");
        assertThat(light.list().path("units")).isEmpty();
    }

    @Test
    void theProgramIsPutThereWholeOrNotAtAll() throws Exception {
        String program = light.list().path("program").asText();
        Visit torn = light.install("#!/bin/sh\nexit", LightLab.sha256("#!/bin/sh\nexit 0\n"));
        assertThat(torn.status()).isEqualTo(1);
        assertThat(torn.error()).isEqualTo("it did not arrive whole\n");
        assertThat(light.list().path("program").asText()).isEqualTo(program);
        assertThat(light.install("other", LightLab.sha256("other")).status()).isZero();
        assertThat(light.host("version").output()).isEqualTo(LightLab.sha256("other") + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "dance, 3",
        "'', 3",
        "stop, 3",
        "stop sshd, 3",
        "logs sm-a-a 1, 3",
        "logs sm-arm-abcdefgh x, 1",
        "probe here, 2"
    })
    void whatCannotBeDoneIsRefused(String arguments, int status) throws Exception {
        assertThat(light.host(arguments).status()).isEqualTo(status);
    }
}
