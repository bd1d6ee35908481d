package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostSpec;
import dev.shedmaster.api.v1alpha1.HostEmulation;
import dev.shedmaster.api.v1alpha1.HostSlots;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.core.slot.Virtualization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostViewsTest {

    /** Whoever lets virtual machines be emulated gets none that are for want of a look. */
    @ParameterizedTest
    @CsvSource({
        "REFUSED, , NONE",
        "REFUSED, false, NONE",
        "REFUSED, true, KVM",
        "ALLOWED, , NONE",
        "ALLOWED, false, EMULATED",
        "ALLOWED, true, KVM"
    })
    void virtualMachinesAreEmulatedWhereKvmWasTriedInVain(
            HostEmulation emulation, @Nullable Boolean hasKvm, Virtualization virtualization) {
        BareMetalHost host = SampleHosts.ofOthers("h");
        BareMetalHostSpec spec = host.getSpec();
        host.setSpec(new BareMetalHostSpec(
                null,
                spec.ssh(),
                spec.hardware(),
                null,
                null,
                null,
                spec.reserved(),
                new HostSlots(null, 100, emulation),
                true,
                spec.maintenance(),
                spec.trustZones(),
                spec.deletionPolicy()));
        assertThat(HostViews.of(host, new HostState.Registered(""), null, null, hasKvm)
                        .virtualization())
                .isEqualTo(virtualization);
    }
}
