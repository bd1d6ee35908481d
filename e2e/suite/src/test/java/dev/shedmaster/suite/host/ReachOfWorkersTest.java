package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.machine.host.GuestNetwork;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.suite.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a job on a server of our own can reach, tried from within; the server's kernel filters with the real rules. */
class ReachOfWorkersTest {
    private static final String METADATA = "169.254.169.254";
    private static final String REFUSED = "198.51.100.7";

    @RegisterExtension
    static final BareServer SERVER = new BareServer();

    private final HostDriver driver = SERVER.driver();

    @BeforeEach
    void install() {
        done(driver.install());
    }

    @Test
    void theWorldIsReachedUnderTheServersAddress() throws Exception {
        String name = freshName();
        try (Listener world = new Listener(SERVER.world())) {
            assertThat(attempts(name, world.target())).containsExactly(world.target() + " reached");
            assertThat(world.callers()).contains(SERVER.address());
        }
    }

    @Test
    void theServerItselfIsNotReached() {
        String name = freshName();
        GuestNetwork network = GuestNetwork.of(MachineName.parse(name).orElseThrow());
        assertThat(SERVER.does("ss -ltn")).contains(":22");
        assertThat(attempts(name, SERVER.address() + " 22", network.gateway() + " 22"))
                .containsExactly(SERVER.address() + " 22 not", network.gateway() + " 22 not");
    }

    @Test
    void aNeighbourIsNotReached() {
        String neighbour = freshName();
        String address =
                GuestNetwork.of(MachineName.parse(neighbour).orElseThrow()).address();
        done(driver.start(order(neighbour, "nc -ll -p 4000 -e true")));
        awaitPhase(driver, neighbour, Phase.RUNNING);
        // The server may look into its workers: the neighbour does listen.
        await().untilAsserted(
                        () -> assertThat(SERVER.does("busybox nc -w 3 " + address + " 4000 < /dev/null && echo open"))
                                .isEqualTo("open"));

        assertThat(attempts(freshName(), address + " 4000")).containsExactly(address + " 4000 not");
        done(driver.stop(neighbour));
    }

    @Test
    void neitherALinksAddressesNorRefusedNetworksAreReached() throws Exception {
        Program ip = new Program(Path.of("ip"), List.of(), Map.of());
        ip.run("addr", "add", METADATA + "/32", "dev", SERVER.cable()).mustSucceed();
        ip.run("addr", "add", REFUSED + "/32", "dev", SERVER.cable()).mustSucceed();
        SERVER.does("ip route add " + METADATA + " via " + SERVER.world());
        try (Listener metadata = new Listener(METADATA);
                Listener refused = new Listener(REFUSED)) {
            // The server does reach them.
            for (Listener listener : List.of(metadata, refused)) {
                assertThat(SERVER.does("busybox nc -w 3 " + listener.target() + " < /dev/null && echo open"))
                        .isEqualTo("open");
            }
            assertThat(attempts(freshName(), metadata.target(), refused.target()))
                    .containsExactly(metadata.target() + " not", refused.target() + " not");
        }
    }

    @Test
    void aWorkerMakesNetworksOfItsOwn() {
        String name = freshName();
        assertThat(Orders.printed(driver, order(name, "ip link add br0 type bridge && echo bridged")))
                .contains("bridged");
        done(driver.stop(name));
    }

    @Test
    void aWorkerTakesNoOthersAddress() throws Exception {
        String name = freshName();
        GuestNetwork network = GuestNetwork.of(MachineName.parse(name).orElseThrow());
        String stolen = "100.64.99.99";
        try (Listener world = new Listener(SERVER.world())) {
            done(driver.start(order(
                    name,
                    "until [ -e /var/lib/docker/go ]; do sleep 0.1; done; ip addr add %s/32 dev host0;"
                                    .formatted(stolen)
                            + " ip route replace default via %s src %s; ".formatted(network.gateway(), stolen)
                            + attempt(world.target()))));
            awaitPhase(driver, name, Phase.RUNNING);
            // The way back is there: only the rules are in the way.
            new Program(Path.of("ip"), List.of(), Map.of())
                    .run("route", "add", stolen, "via", SERVER.address())
                    .mustSucceed();
            SERVER.does("ip route add %s dev %s && touch /var/lib/shedmaster/units/%s/volumes/var/lib/docker/go"
                    .formatted(stolen, network.interfaceName(), name));
            awaitPhase(driver, name, Phase.ENDED);
            await().untilAsserted(
                            () -> assertThat(done(driver.logs(name, 100_000))).contains(world.target() + " not"));
            assertThat(world.callers()).isEmpty();
        }
        done(driver.stop(name));
    }

    @Test
    void aWorkerIsToldItsNameServers() {
        String name = freshName();
        assertThat(Orders.printed(driver, order(name, "cat /etc/resolv.conf"))).contains("nameserver 192.0.2.53");
        done(driver.stop(name));
    }

    private List<String> attempts(String name, String... targets) {
        StringBuilder script = new StringBuilder();
        for (String target : targets) {
            script.append(attempt(target)).append("; ");
        }
        String printed = Orders.printed(driver, order(name, script.toString()));
        done(driver.stop(name));
        return printed.lines()
                .filter(line -> line.endsWith(" reached") || line.endsWith(" not"))
                .toList();
    }

    private static String attempt(String target) {
        return "if nc -w 3 %1$s < /dev/null; then echo %1$s reached; else echo %1$s not; fi".formatted(target);
    }
}
