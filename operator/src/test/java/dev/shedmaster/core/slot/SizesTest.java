package dev.shedmaster.core.slot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.core.slot.HostView.Capacity;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes that cannot be are refused by their names. */
class SizesTest {

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1"})
    void anAmountIsNotNegative(int cpus, long memory, int kvmSlots) {
        assertThatThrownBy(() -> new Amount(cpus, memory, kvmSlots))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be negative");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 100, 0, 0, 0, cpus",
        "0, -1, 100, 0, 0, 0, reservedCpus",
        "0, 0, 99, 0, 0, 0, cpuPercent",
        "0, 0, 100, -1, 0, 0, memoryMib",
        "0, 0, 100, 0, -1, 0, reservedMemoryMib",
        "0, 0, 100, 0, 0, -1, kvmSlots"
    })
    void aCapacityThatCannotBeIsRefusedByItsField(
            int cpus, int reserved, int percent, long memory, long reservedMemory, int kvmSlots, String field) {
        assertThatThrownBy(
                        () -> new Capacity(cpus, reserved, percent, memory, reservedMemory, OptionalInt.of(kvmSlots)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a host's " + field + " must be at least");
    }

    @Test
    void aShapeTakesSomethingAndCanBeRun() {
        assertThatThrownBy(() -> new Shape(Architecture.ARM64, 0, 1, false, Hosts.ANY))
                .hasMessageContaining("must be at least 1, not 0 and 1");
        assertThatThrownBy(() -> new Shape(Architecture.ARM64, 1, 0, false, Hosts.ANY))
                .hasMessageContaining("must be at least 1, not 1 and 0");
        assertThatThrownBy(() -> new Shape(Architecture.ARM64, 1, 1, false, Set.of()))
                .hasMessageContaining("isolations");
    }
}
