package dev.shedmaster.suite.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.Ailment;
import dev.shedmaster.core.host.AilmentKind;
import dev.shedmaster.core.host.Checkup;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.WorkerHost.Worker;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's driver on the lab's light host, which so speaks what a real server's program speaks. */
class WorkersOnALightHostTest extends HostDriverContract {
    @RegisterExtension
    static final LightServer SERVER = new LightServer();

    @AfterEach
    void mend() {
        SERVER.robot().faults().clear();
    }

    @Override
    SshConnections connections() {
        return SERVER.connections();
    }

    @Override
    SshServer asServer(Set<String> hostKeys) {
        return SERVER.asServer(hostKeys);
    }

    @Override
    Set<String> hostKeys() {
        return SERVER.hostKeys();
    }

    @Override
    InstantSource clock() {
        return SERVER.clock();
    }

    @Override
    HostFacts facts() {
        return new HostFacts(
                SERVER.server().power().bootId().orElseThrow(),
                SERVER.server().spec().architecture(),
                SERVER.server().spec().hardware().cpus());
    }

    @Override
    String world() {
        return "127.0.0.1";
    }

    @Override
    void loseProgram() {
        SERVER.robot().account().locked(() -> SERVER.os().files().removeProgram());
    }

    @Override
    void disableProgram() {
        SERVER.robot().account().locked(() -> SERVER.os().files().takeExecutability());
    }

    @Override
    void kill(String worker) {
        SERVER.workers().kill(worker);
    }

    @Override
    void cutOffStart(HostOrder order) {
        SERVER.robot().post(Fault.once(FaultKind.START_HANGS));
        Thread.ofVirtual().start(() -> driver.start(order));
    }

    @Override
    Device missingDevice() {
        SERVER.robot().post(Fault.always(FaultKind.KVM_MISSING));
        return Device.KVM;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DISK_DYING      | DISK_FAILING         | true",
                "DISK_WORN       | DISK_WORN            | false",
                "OVERHEATED      | OVERHEATED           | true",
                "ARRAY_DEGRADED  | ARRAY_DEGRADED       | false",
            })
    void whatFailsIsFoundAndHeldAgainstIt(FaultKind fault, AilmentKind kind, boolean stops) {
        String id = SERVER.robot().post(Fault.always(fault));
        // Too hot is who is so twice.
        Checkup once = Checkup.of(Orders.done(driver.health()), Checkup.NONE);
        Checkup ill = Checkup.of(Orders.done(driver.health()), once);
        assertThat(ill.ailments()).extracting(Ailment::kind).contains(kind);
        assertThat(ill.stopping().isEmpty()).isNotEqualTo(stops);
        SERVER.robot().faults().clear(id);
    }

    @Test
    void memoryErrorsCountUntilTheNextBoot() {
        SERVER.robot().post(Fault.once(FaultKind.MEMORY_CORRECTS));
        assertThat(memory()).containsExactly(AilmentKind.MEMORY_CORRECTING);
        SERVER.robot().post(Fault.once(FaultKind.MEMORY_LOSES));
        assertThat(memory()).containsExactly(AilmentKind.MEMORY_UNCORRECTABLE);
        assertThat(memory()).containsExactly(AilmentKind.MEMORY_UNCORRECTABLE);
        SERVER.boot();
        install();
        assertThat(memory()).isEmpty();
    }

    private List<AilmentKind> memory() {
        Checkup checkup = Checkup.of(Orders.done(driver.health()), Checkup.NONE);
        return checkup.ailments().stream().map(Ailment::kind).toList();
    }

    @Test
    void aMuteDiskIsUnknown() {
        SERVER.robot().post(Fault.once(FaultKind.DISK_MUTE));
        Checkup checkup = Checkup.of(Orders.done(driver.health()), Checkup.NONE);
        assertThat(checkup.unknown()).containsExactly("the health of /dev/nvme0n1 (it has not answered in 10 s)");
    }

    @Override
    String left(String worker) {
        Stream<String> living = SERVER.workers().workers().stream()
                .filter(each -> !each.state().isEmpty())
                .map(Worker::name);
        Stream<String> rooms = SERVER
                .robot()
                .account()
                .locked(() -> Set.copyOf(SERVER.os().files().rooms()))
                .stream();
        return Stream.concat(living, rooms).filter(worker::equals).collect(Collectors.joining(" "));
    }
}
