package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.MachineName;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GuestNetworkTest {

    @Test
    void itFollowsFromTheName() {
        assertThat(GuestNetwork.of(new MachineName("arm", "aaaaaaaa")))
                .isEqualTo(new GuestNetwork("sm-aaaaaaaa", "100.64.0.1", "100.64.0.2"));
        assertThat(GuestNetwork.of(new MachineName("arm", "aaaaaaab")))
                .isEqualTo(new GuestNetwork("sm-aaaaaaab", "100.64.0.5", "100.64.0.6"));
        assertThat(GuestNetwork.of(new MachineName("other", "77777777")))
                .isEqualTo(new GuestNetwork("sm-77777777", "100.127.255.253", "100.127.255.254"));
    }

    @Test
    void workersOfOneServerHardlyEverMeet() {
        SplittableRandom random = new SplittableRandom(7);
        Set<String> gateways = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            GuestNetwork network = GuestNetwork.of(MachineName.fresh("arm", random));
            gateways.add(network.gateway());
            // Linux allows fifteen characters.
            assertThat(network.interfaceName()).hasSizeLessThanOrEqualTo(15);
        }
        assertThat(gateways).hasSizeGreaterThan(990);
    }
}
