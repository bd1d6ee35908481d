package dev.shedmaster.suite.host;

import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.WorkerHost.Worker;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshServer;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

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
