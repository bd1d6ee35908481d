package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.stock.StoredImage;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostDriver.Fetching;
import dev.shedmaster.port.HostDriver.HostProbe;
import dev.shedmaster.port.HostDriver.HostRemnant;
import dev.shedmaster.port.HostDriver.ImageOrder;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.HostReport.Ending;
import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.ssh.ScriptedServer;
import dev.shedmaster.ssh.ScriptedServer.Answer;
import dev.shedmaster.ssh.ScriptedServer.Says;
import dev.shedmaster.ssh.SshConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the driver makes of a server's answers; that real servers answer so is tried in the suite. */
class SshHostDriverTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String WORKER = "sm-arm-aaaaaaaa";
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private final AtomicReference<Answer> answer = new AtomicReference<>(Says.ok(""));
    private final ScriptedServer server = new ScriptedServer(call -> answer.get());
    private final SshConnections connections = new SshConnections(() -> NOW, new SimpleMeterRegistry());
    private final HostDriver driver = new SshHostDriver(connections.to(server.asServer()), "one", () -> NOW);

    @AfterEach
    void close() {
        driver.close();
        connections.close();
        server.close();
    }

    @Test
    void aListBecomesAReport() {
        answer.set(Says.ok("""
                        {"bootId":"b-1","program":"%s","time":1795521602.500000000,"uptimeSeconds":61.25,
                        "clockSynchronised":true,"architecture":"aarch64","cpus":80,"memoryBytes":274877906944,
                        "freeMemoryBytes":200000000000,"scratchBytes":960000000000,"freeScratchBytes":900000000000,"images":[
                        {"name":"worker-1","sha256":"%s","used":1795521500,"inUse":true},
                        {"name":"by-hand","sha256":"","used":null,"inUse":false}],"units":[
                        {"name":"sm-arm-aaaaaaaa","installation":"one","pool":"ci/arm","worker":"ci/sm-arm-aaaaaaaa",
                        "uid":"u","state":"active","result":"","code":"","status":"","started":1795521500,"ended":null,
                        "memoryBytes":1024},
                        {"name":"sm-arm-bbbbbbbb","installation":"one","pool":"ci/arm","worker":"ci/sm-arm-bbbbbbbb",
                        "uid":"v","state":"","result":"exit-code","code":"exited","status":"7","started":1795521500,
                        "ended":1795521560,"memoryBytes":null},
                        {"name":"sm-arm-cccccccc","installation":"","pool":"","worker":"","uid":"","state":"deactivating",
                        "result":"","code":"","status":"","started":null,"ended":null,"memoryBytes":null},
                        {"name":"sm-arm-dddddddd","installation":"two","pool":"p","worker":"w","uid":"x","state":"",
                        "result":"","code":"","status":"","started":1795521500,"ended":null,"memoryBytes":null}]}
                        """.formatted(HostProgram.bundled().digest(), SHA256)));

        Instant started = Instant.ofEpochSecond(1795521500);
        assertThat(driver.list())
                .isEqualTo(Outcome.done(new HostReport(
                        NOW,
                        "b-1",
                        true,
                        Duration.ofMillis(61_250),
                        Duration.ofMillis(2_500),
                        true,
                        "arm64",
                        80,
                        274877906944L,
                        200000000000L,
                        960000000000L,
                        900000000000L,
                        List.of(
                                new HostUnit(
                                        WORKER,
                                        new MachineOwner("one", "ci/arm", "ci/" + WORKER, "u"),
                                        Phase.RUNNING,
                                        null,
                                        started,
                                        1024L),
                                new HostUnit(
                                        "sm-arm-bbbbbbbb",
                                        new MachineOwner("one", "ci/arm", "ci/sm-arm-bbbbbbbb", "v"),
                                        Phase.ENDED,
                                        new Ending("exit-code", "exited", "7", Instant.ofEpochSecond(1795521560)),
                                        started,
                                        null),
                                new HostUnit("sm-arm-cccccccc", null, Phase.STOPPING, null, null, null),
                                new HostUnit(
                                        "sm-arm-dddddddd",
                                        new MachineOwner("two", "p", "w", "x"),
                                        Phase.CUT_OFF,
                                        null,
                                        started,
                                        null)),
                        List.of(
                                new StoredImage("worker-1", SHA256, started, true),
                                new StoredImage("by-hand", "", null, false)))));
    }

    @ParameterizedTest
    @CsvSource({"''", "no JSON", "{}", "[]", "null", "{\"bootId\":\"b\"}"})
    void whatIsNoListIsNoReport(String printed) {
        answer.set(Says.ok(printed));
        assertThat(error(driver.list())).isInstanceOf(PortError.Transient.class);
    }

    @Test
    void anotherVersionOfTheProgramMayListInAnotherForm() {
        answer.set(Says.ok("{\"program\":\"older\",\"bootId\":\"b-1\"}"));
        assertThat(error(driver.list())).isInstanceOf(PortError.NotFound.class);
        answer.set(Says.ok("{\"program\":\"" + HostProgram.bundled().digest() + "\",\"bootId\":\"b-1\"}"));
        assertThat(error(driver.list())).isInstanceOf(PortError.Transient.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "no JSON",
                "{}",
                "[]",
                "null",
                "{\"disks\":null,\"sensors\":[],\"memory\":[],\"scratch\":null,\"root\":null,\"arrays\":[]}",
                "{\"disks\":[],\"sensors\":[],\"memory\":[],\"scratch\":null,\"root\":null,\"arrays\":[]}",
                "{\"disks\":[],\"sensors\":[],\"memory\":[],\"scratch\":{\"path\":\"/\"},\"root\":null,\"arrays\":[]}"
            })
    void whatIsNoReportOfHardwareIsNone(String printed) {
        answer.set(Says.ok(printed));
        assertThat(error(driver.health())).isInstanceOf(PortError.Transient.class);
    }

    /** As for any verb that it does not know; who asks installs ours. */
    @Test
    void anOlderProgramKnowsNothingOfHardware() {
        answer.set(new Says(3, "", "'health' is nothing that can be done\n"));
        assertThat(error(driver.health())).isInstanceOf(PortError.Invalid.class);
        assertThat(server.calls.getLast().line()).endsWith(HostProgram.PATH + " health");
    }

    @ParameterizedTest
    @CsvSource({
        "1, Transient",
        "3, Invalid",
        "4, AlreadyExists",
        "6, Invalid",
        "7, Transient",
        "8, Invalid",
        "9, Transient",
        "126, NotFound",
        "127, NotFound",
        "255, Transient"
    })
    void anExitStatusSaysWhatHappened(int status, String kind) {
        answer.set(new Says(status, "", "why\n"));
        PortError error = error(driver.stop(WORKER));
        assertThat(error.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(error.message()).contains(kind.equals("NotFound") ? "installed" : "why");
    }

    @Test
    void aWorkerIsStoppedForItsInstallationAlone() {
        assertThat(driver.stop(WORKER)).isEqualTo(Outcome.done(Nothing.NOTHING));
        assertThat(server.calls)
                .singleElement()
                .satisfies(call -> assertThat(call.line()).isEqualTo(HostProgram.PATH + " stop " + WORKER + " one"));
    }

    @Test
    void theProgramIsGivenAsInput() {
        assertThat(driver.install()).isEqualTo(Outcome.done(Nothing.NOTHING));
        assertThat(server.calls).singleElement().satisfies(call -> {
            assertThat(call.line())
                    .startsWith("sh -c ")
                    .endsWith(HostProgram.PATH + " " + HostProgram.bundled().digest());
            assertThat(call.input()).isEqualTo(HostProgram.bundled().text());
        });
    }

    @Test
    void linesBecomeRemnantsAndProbes() {
        answer.set(Says.ok("interface sm-aaaaaaaa\nmount /var/lib/shedmaster/units/x/root\n"));
        assertThat(driver.collect())
                .isEqualTo(Outcome.done(List.of(
                        new HostRemnant("interface", "sm-aaaaaaaa"),
                        new HostRemnant("mount", "/var/lib/shedmaster/units/x/root"))));
        answer.set(Says.ok("kvm failed there is no /dev/kvm \ntun ok  \n"));
        assertThat(driver.probe("192.0.2.1", 443))
                .isEqualTo(Outcome.done(
                        List.of(new HostProbe("kvm", false, "there is no /dev/kvm"), new HostProbe("tun", true, ""))));
        assertThat(server.calls.getLast().line()).endsWith(" probe 192.0.2.1 443");
    }

    @Test
    void anImageIsAskedForWithoutAWordOnTheCommandLine() {
        ImageOrder order = new ImageOrder("worker-1", SHA256, "tar.zst", "https://user:secret@images.example.org/w");
        answer.set(Says.ok("going\n"));
        assertThat(driver.fetch(order)).isEqualTo(Outcome.done(Fetching.GOING));
        answer.set(Says.ok("done\n"));
        assertThat(driver.fetch(order)).isEqualTo(Outcome.done(Fetching.DONE));
        assertThat(server.calls.getLast()).satisfies(call -> {
            assertThat(call.line()).isEqualTo(HostProgram.PATH + " fetch");
            assertThat(call.input())
                    .isEqualTo("name worker-1\nsha256 " + SHA256
                            + "\nformat tar.zst\nurl https://user:secret@images.example.org/w\n");
        });
        assertThat(order.toString()).doesNotContain("secret");
        answer.set(Says.ok("well\n"));
        assertThat(error(driver.fetch(order))).isInstanceOf(PortError.Transient.class);
    }

    @Test
    void noMoreIsAskedOfALogThanIsRead() {
        answer.set(Says.ok("the end"));
        assertThat(driver.logs(WORKER, Integer.MAX_VALUE)).isEqualTo(Outcome.done("the end"));
        assertThat(server.calls.getLast().line()).endsWith(" logs " + WORKER + " 1048576");
    }

    @Test
    void aServerThatTurnsOurKeyAwayIsNoServerThatIsGone() {
        server.forgetTheClient();
        assertThat(error(driver.list())).isInstanceOf(PortError.Unauthorized.class);
    }

    @Test
    void anotherHostKeyIsForAPersonToLookInto() {
        try (HostDriver known = new SshHostDriver(connections.to(server.asServer()), "one", () -> NOW)) {
            server.changeHostKey();
            assertThat(error(known.list()))
                    .isInstanceOfSatisfying(
                            PortError.Invalid.class,
                            invalid -> assertThat(invalid.field()).isEqualTo("hostKeys"));
            assertThat(server.calls).isEmpty();
        }
    }

    private static PortError error(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?>(PortError error)) {
            return error;
        }
        throw new AssertionError("no failure: " + outcome);
    }
}
