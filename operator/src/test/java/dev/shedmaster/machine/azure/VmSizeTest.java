package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.lab.azure.catalog.SizeCatalog;
import dev.shedmaster.machine.azure.AzureVmSettings.DiskPlacement;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmSizeTest {
    private static VmSize size(String name) {
        return VmSize.parse(name).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "Standard_D8ds_v5,   8,  standardDDSv5Family,   RESOURCE",
        "standard_d8DS_v5,   8,  standardDDSv5Family,   RESOURCE",
        "Standard_D8ads_v6,  8,  standardDADSv6Family,  NVME",
        "Standard_D32ads_v5, 32, standardDADSv5Family,  RESOURCE",
        "Standard_D8as_v4,   8,  standardDASv4Family,",
        "Standard_D8as_v5,   8,  standardDASv5Family,",
        "Standard_D4s_v3,    4,  standardDSv3Family,    CACHE",
        "Standard_DS2_v2,    2,  standardDSv2Family,    ",
        "Standard_D8pds_v6,  8,  standardDPDSv6Family,  NVME",
        "Standard_D2pls_v6,  2,  standardDPLSv6Family,  ",
        "Standard_E4-2ds_v5, 4,  standardEDSv5Family,   RESOURCE",
        "Standard_F8s_v2,    8,  standardFSv2Family,    CACHE",
        "Standard_B2s,       2,  standardBSFamily,      CACHE",
        "Standard_DC4as_v5,  4,  standardDCASv5Family,  ",
        "Standard_NC24ads_A100_v4, 24, standardNCADS_A100v4Family, RESOURCE",
        "Standard_D8ds_v7,   8,  standardDDSv7Family,   NVME"
    })
    void theNameTells(String name, int vcpus, String family, @Nullable DiskPlacement placement) {
        VmSize size = size(name);
        assertThat(size.vcpus()).isEqualTo(vcpus);
        assertThat(size.family()).isEqualTo(family);
        assertThat(size.ephemeralPlacement()).isEqualTo(placement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Standard_", "D8ds_v5", "Standard_D_v5", "Standard_D99999999999ds_v5", "Standard_D8ds v5"})
    void whatFollowsNoSchemeIsNoSize(String name) {
        assertThat(VmSize.parse(name)).isEmpty();
    }

    /** The catalogue was written by others from the same public table. */
    @Test
    void familiesAndPricesAgreeWithTheStandInsCatalogue() {
        SizeCatalog catalog = new SizeCatalog();
        assertThat(catalog.all()).isNotEmpty();
        catalog.all().forEach(listed -> {
            VmSize parsed = size(listed.name());
            assertThat(parsed.family()).isEqualToIgnoringCase(listed.family());
            assertThat(parsed.vcpus()).isEqualTo(listed.cpus());
            for (String region : catalog.regions()) {
                OptionalDouble price = catalog.hourlyPrice(listed, region);
                assertThat(VmPrices.hourly(parsed, region, CapacityType.ON_DEMAND))
                        .as(listed.name() + " " + region)
                        .isCloseTo(price.orElse(0), Offset.offset(0.001));
            }
        });
    }

    @Test
    void spotIsCheaperAndAnUnknownPriceIsZero() {
        VmSize size = size("Standard_D8ds_v5");
        assertThat(VmPrices.hourly(size, "westeurope", CapacityType.ON_DEMAND)).isCloseTo(0.544, Offset.offset(1e-9));
        assertThat(VmPrices.hourly(size, "westeurope", CapacityType.SPOT)).isBetween(0.05, 0.4);
        assertThat(VmPrices.hourly(size, "brazilsouth", CapacityType.ON_DEMAND)).isZero();
        assertThat(VmPrices.hourly(size("Standard_E8ds_v5"), "westeurope", CapacityType.ON_DEMAND))
                .isZero();
    }

    private static List<Offering> ladder(List<String> sizes, List<String> zones) {
        return OfferingLadder.of("ci/azure", "westeurope", "spot", sizes, zones, CapacityType.SPOT)
                        instanceof Outcome.Done<List<Offering>>(List<Offering> offerings)
                ? offerings
                : List.of();
    }

    @Test
    void aSizeIsTriedInEveryZoneBeforeTheNextSize() {
        assertThat(ladder(List.of("Standard_D8ds_v5", "Standard_D8ads_v6"), List.of("2", "1")))
                .extracting(Offering::describe)
                .containsExactly(
                        "Standard_D8ds_v5 zone 2 Spot (spot)",
                        "Standard_D8ds_v5 zone 1 Spot (spot)",
                        "Standard_D8ads_v6 zone 2 Spot (spot)",
                        "Standard_D8ads_v6 zone 1 Spot (spot)");
    }

    @Test
    void withoutZonesTheRegionIsAsked() {
        assertThat(ladder(List.of("Standard_D8ds_v5"), List.of()))
                .singleElement()
                .satisfies(offering -> {
                    assertThat(offering.zone()).isNull();
                    assertThat(offering.account()).isEqualTo("ci/azure");
                    assertThat(offering.family()).isEqualTo("standardDDSv5Family");
                    assertThat(offering.vcpus()).isEqualTo(8);
                    assertThat(offering.hourlyPrice()).isPositive();
                });
    }

    @ParameterizedTest
    @CsvSource({"D8ds_v5, 1, vmSizes", "Standard_D8ds_v5, one, zones"})
    void whatCannotBeAskedForIsRefusedByItsField(String size, String zone, String field) {
        assertThat(OfferingLadder.of("ci/azure", "westeurope", "p", List.of(size), List.of(zone), CapacityType.SPOT))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error())
                                .isInstanceOfSatisfying(
                                        PortError.Invalid.class,
                                        invalid -> assertThat(invalid.field()).isEqualTo(field)));
    }
}
