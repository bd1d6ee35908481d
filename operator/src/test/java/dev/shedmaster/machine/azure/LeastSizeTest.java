package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.azure.catalog.SizeCatalog;
import dev.shedmaster.port.PortError;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeastSizeTest {
    private static final LeastSize EIGHT = new LeastSize(8, 32);

    @Test
    void aSizeThatHasWhatIsAskedForPasses() {
        assertThat(EIGHT.tooSmall(List.of("Standard_D8ds_v5", "Standard_E8ads_v5", "Standard_D16ds_v6")))
                .isEmpty();
    }

    @Test
    void tooFewCpusAreRefusedWithTheFieldAndWhatToDo() {
        assertThat(EIGHT.tooSmall(List.of("Standard_D8ds_v5", "Standard_D4ds_v5")))
                .hasValue(new PortError.Invalid(
                        "vmSizes",
                        "vmSizes: Standard_D4ds_v5 has 4 vCPUs, and spec.machine.cpus asks for 8:"
                                + " take a larger size, or ask for less"));
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheFieldAndWhatToDo() {
        assertThat(EIGHT.tooSmall(List.of("Standard_F8s_v2")))
                .hasValue(new PortError.Invalid(
                        "vmSizes",
                        "vmSizes: Standard_F8s_v2 has 16 GiB of memory, and spec.machine.memory asks for 32 GiB:"
                                + " take a larger size, or ask for less"));
    }

    @Test
    void ofAConstrainedSizeOnlyTheCpusCountThatItHas() {
        assertThat(EIGHT.tooSmall(List.of("Standard_E8-4ds_v5"))).isPresent();
        assertThat(new LeastSize(4, 64).tooSmall(List.of("Standard_E8-4ds_v5"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Standard_M8ms", "Standard_L8s_v3", "Standard_DS12_v2", "Standard_NC8as_T4_v3", "Huge_9"})
    void aSizeWhoseMemoryIsNotKnownPasses(String size) {
        assertThat(new LeastSize(1, 10_000).tooSmall(List.of(size))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Standard_D4s_v3,    16",
        "Standard_D8pds_v6,  32",
        "Standard_D8lds_v5,  16",
        "Standard_E16ads_v5, 128",
        "Standard_E96s_v5,   ",
        "Standard_F8als_v6,  16",
        "Standard_F8ams_v6,  64",
        "Standard_D4_v2,     "
    })
    void theNameTellsTheMemory(String size, Integer memory) {
        assertThat(VmSize.parse(size).orElseThrow().memory())
                .isEqualTo(memory == null ? OptionalInt.empty() : OptionalInt.of(memory));
    }

    @Test
    void whatIsKnownAgreesWithTheCatalogueOfSizes() {
        assertThat(new SizeCatalog().all())
                .isNotEmpty()
                .allSatisfy(size -> VmSize.parse(size.name())
                        .orElseThrow()
                        .memory()
                        .ifPresent(memory -> assertThat(memory).isEqualTo(size.memoryGib())));
    }
}
