package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many servers in one lab. */
class CrowdTest {
    private static final int CROWD = 300;

    @Test
    void hundredsOfServersThatAreUpCostNoThreadEach() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            InstalledOs os = InstalledOs.fresh("host", List.of(lab.visitor.publicKey()));
            List<DedicatedServer> servers = new ArrayList<>();
            for (int number = 1; number <= CROWD; number++) {
                DedicatedServer server = lab.robot.rent(number);
                lab.robot.account().locked(() -> server.install(os));
                servers.add(server);
            }
            int before = Thread.activeCount();

            lab.clock.advance(RobotLab.TIMES.toDisk());

            assertThat(servers).allMatch(server -> server.power().phase() == Phase.INSTALLED);
            assertThat(new HashSet<>(servers.stream().map(lab::address).toList()))
                    .hasSize(CROWD);
            assertThat(Thread.activeCount() - before).isLessThan(20);
            assertThat(lab.ask(servers.getLast(), "hostname")).isEqualTo("host");
            assertThat(lab.client.get("/server").json()).hasSize(CROWD);
        }
    }

    @Test
    void twoLabsBesideEachOtherShareNoAddress() throws Exception {
        try (RobotLab one = RobotLab.start();
                RobotLab other = RobotLab.start()) {
            assertThat(one.robot.rent(1).site())
                    .isNotEqualTo(other.robot.rent(1).site());
        }
    }

    @Test
    void aServerIsRentedOnce() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            lab.robot.rent(1);
            assertThatThrownBy(() -> lab.robot.rent(1)).hasMessageContaining("a server 1 already");
            assertThatThrownBy(() -> lab.robot.server(2)).hasMessageContaining("no server 2");
        }
    }
}
