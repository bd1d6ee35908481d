package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.MachineState.Phase;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MachineCensusTest {
    private final MachineCensus census = new MachineCensus();

    private static MachineState machine(String name, Phase phase, @Nullable String pool) {
        MachineOwner owner = pool == null ? null : new MachineOwner("installation", pool, "ci/" + name, "uid-" + name);
        return new MachineState(name, phase, null, owner, null);
    }

    private static Map<String, MachineState> reading(MachineState... machines) {
        return Arrays.stream(machines).collect(Collectors.toMap(MachineState::name, Function.identity()));
    }

    @Test
    void everythingCountsThatIsNotOnItsWayOut() {
        census.count(reading(
                machine("sm-a", Phase.CREATING, "ci/kvm"),
                machine("sm-b", Phase.RUNNING, "ci/kvm"),
                machine("sm-c", Phase.STOPPED, "ci/kvm"),
                machine("sm-d", Phase.FAILED, "ci/kvm"),
                machine("sm-e", Phase.DELETING, "ci/kvm"),
                machine("sm-f", Phase.RUNNING, "ci/light"),
                machine("sm-g", Phase.CREATING, null)));
        assertThat(census.byPool()).isEqualTo(Map.of("ci/kvm", 4, "ci/light", 1));
    }

    @Test
    void whatTwoAccountsShowIsThereOnce() {
        census.count(reading(machine("sm-a", Phase.RUNNING, "ci/kvm"), machine("sm-b", Phase.RUNNING, "ci/kvm")));
        census.count(reading(machine("sm-b", Phase.RUNNING, "ci/kvm"), machine("sm-c", Phase.RUNNING, "ci/kvm")));
        assertThat(census.byPool()).isEqualTo(Map.of("ci/kvm", 3));
    }
}
