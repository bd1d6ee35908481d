package dev.shedmaster.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.Blockage.Scope;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of refusal says about other offerings, and how it reads. */
class BlockageTest {
    private static final Offering D8_SPOT = offering("ci/azure", "Standard_D8ds_v5", null, CapacityType.SPOT, 8);
    private static final Offering D8_SPOT_ZONE_1 = offering("ci/azure", "Standard_D8ds_v5", "1", CapacityType.SPOT, 8);
    private static final Offering D8_ZONE_1 = offering("ci/azure", "Standard_D8ds_v5", "1", CapacityType.ON_DEMAND, 8);
    private static final Offering D8_ZONE_2 = offering("ci/azure", "Standard_D8ds_v5", "2", CapacityType.ON_DEMAND, 8);
    private static final Offering D4 = offering("ci/azure", "Standard_D4ds_v5", null, CapacityType.ON_DEMAND, 4);
    private static final Offering D16 = offering("ci/azure", "Standard_D16ds_v5", null, CapacityType.ON_DEMAND, 16);
    private static final Offering ELSEWHERE = offering("ci/other", "Standard_D8ds_v5", "1", CapacityType.ON_DEMAND, 8);
    private static final Offering OTHER_FAMILY =
            new Offering("b", "ci/azure", "Standard_B8ms", "standardBSFamily", null, CapacityType.ON_DEMAND, 8, 0.3);
    private static final Offering IN_BLUE = OTHER_FAMILY.in("/net/Blue");
    private static final Offering BLUE_ELSEWHERE = ELSEWHERE.in("/net/blue");
    private static final List<Offering> ALL = List.of(
            D8_SPOT, D8_SPOT_ZONE_1, D8_ZONE_1, D8_ZONE_2, D4, D16, ELSEWHERE, OTHER_FAMILY, IN_BLUE, BLUE_ELSEWHERE);

    static Stream<Arguments> scopes() {
        return Stream.of(
                Arguments.of(
                        new Blockage.WholeAccount("ci/azure"),
                        List.of(D8_SPOT, D8_SPOT_ZONE_1, D8_ZONE_1, D8_ZONE_2, D4, D16, OTHER_FAMILY, IN_BLUE),
                        "everything in ci/azure"),
                Arguments.of(
                        new Blockage.ClosedAccount("ci/other", Blockage.Closure.WANTS_REST),
                        List.of(ELSEWHERE, BLUE_ELSEWHERE),
                        "everything in ci/other"),
                Arguments.of(
                        new Blockage.WholeType("ci/azure", CapacityType.SPOT),
                        List.of(D8_SPOT, D8_SPOT_ZONE_1),
                        "all Spot in ci/azure"),
                Arguments.of(
                        new Blockage.WholeType("ci/azure", CapacityType.ON_DEMAND),
                        List.of(D8_ZONE_1, D8_ZONE_2, D4, D16, OTHER_FAMILY, IN_BLUE),
                        "all OnDemand in ci/azure"),
                Arguments.of(
                        new Blockage.WholeNetwork("ci/azure", "/net/blue"),
                        List.of(IN_BLUE),
                        "everything in network /net/blue of ci/azure"),
                Arguments.of(
                        new Blockage.FamilyFrom("ci/azure", "STANDARDDDSV5FAMILY", CapacityType.ON_DEMAND, 8),
                        List.of(D8_ZONE_1, D8_ZONE_2, D16),
                        "STANDARDDDSV5FAMILY from 8 vCPUs in ci/azure"),
                Arguments.of(
                        new Blockage.FamilyFrom("ci/azure", "standardDDSv5Family", CapacityType.SPOT, 4),
                        List.of(D8_SPOT, D8_SPOT_ZONE_1),
                        "standardDDSv5Family from 4 vCPUs Spot in ci/azure"),
                Arguments.of(
                        new Blockage.SizeAt("ci/azure", "standard_d8ds_v5", "1", null),
                        List.of(D8_SPOT_ZONE_1, D8_ZONE_1),
                        "standard_d8ds_v5 zone 1 in ci/azure"),
                Arguments.of(
                        new Blockage.SizeAt("ci/azure", "Standard_D8ds_v5", "1", CapacityType.ON_DEMAND),
                        List.of(D8_ZONE_1),
                        "Standard_D8ds_v5 zone 1 OnDemand in ci/azure"),
                Arguments.of(
                        new Blockage.SizeAt("ci/azure", "Standard_D8ds_v5", null, CapacityType.SPOT),
                        List.of(D8_SPOT),
                        "Standard_D8ds_v5 Spot in ci/azure"));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void coversAndReads(Scope scope, List<Offering> covered, String words) {
        assertThat(ALL).filteredOn(scope::covers).containsExactlyElementsOf(covered);
        assertThat(scope.describe()).isEqualTo(words);
    }

    @Test
    void anUnfitOrderSaysNothingOfOtherTemplates() {
        Scope scope = new Blockage.UnfitOrder("t1", D8_ZONE_1);
        assertThat(ALL).noneMatch(scope::covers);
        assertThat(ALL).noneMatch(offering -> scope.covers(offering, "t2"));
        assertThat(ALL).filteredOn(offering -> scope.covers(offering, "t1")).containsExactly(D8_ZONE_1);
        assertThat(scope.account()).isEqualTo("ci/azure");
        assertThat(scope.describe()).isEqualTo(D8_ZONE_1.describe() + " in ci/azure for one template");
    }

    private static Offering offering(String account, String size, @Nullable String zone, CapacityType type, int vcpus) {
        return new Offering("any", account, size, "standardDDSv5Family", zone, type, vcpus, 0.5);
    }
}
