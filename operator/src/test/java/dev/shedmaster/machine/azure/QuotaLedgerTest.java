package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.port.PortError.QuotaExceeded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuotaLedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static QuotaLedger ledger(@Nullable Integer vcpus, @Nullable Integer workers) {
        return new QuotaLedger("ci/azure", new AzureAccount.Limits(vcpus, workers));
    }

    private static Offering offering(int vcpus, CapacityType type) {
        return new Offering(
                "p", "ci/azure", "Standard_D" + vcpus + "ds_v5", "standardDDSv5Family", null, type, vcpus, 0);
    }

    private static final Offering D8 = offering(8, CapacityType.ON_DEMAND);
    private static final Offering SPOT_D8 = offering(8, CapacityType.SPOT);

    private static Usages usages(Instant at, long family, long familyLimit, long spot, long spotLimit) {
        String json = """
                {"value": [
                  {"name": {"value": "cores"}, "currentValue": %d, "limit": 1000, "unit": "Count"},
                  {"name": {"value": "standardDDSv5Family"}, "currentValue": %d, "limit": %d},
                  {"name": {"value": "lowPriorityCores"}, "currentValue": %d, "limit": %d},
                  {"name": {}, "limit": 5}]}
                """.formatted(family, family, familyLimit, spot, spotLimit);
        List<com.fasterxml.jackson.databind.JsonNode> list = new ArrayList<>();
        Json.read(json.getBytes(StandardCharsets.UTF_8)).path("value").forEach(list::add);
        return Usages.of(list, at);
    }

    @Test
    void callersAtOnceDoNotTakeTheSameRoomTwice() throws Exception {
        QuotaLedger ledger = ledger(null, 10);
        int callers = 64;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Optional<QuotaExceeded>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            for (int i = 0; i < callers; i++) {
                String name = "sm-pool-" + i;
                answers.add(threads.submit(() -> {
                    start.await();
                    return ledger.reserve(name, D8, NOON);
                }));
            }
            start.countDown();
            int taken = 0;
            for (Future<Optional<QuotaExceeded>> answer : answers) {
                taken += answer.get().isEmpty() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(10);
        }
    }

    @Test
    void aRepeatedCallTakesNoMore() {
        QuotaLedger ledger = ledger(8, 1);
        assertThat(ledger.reserve("a", D8, NOON)).isEmpty();
        assertThat(ledger.reserve("a", D8, NOON)).isEmpty();
        assertThat(ledger.reserve("b", D8, NOON)).isPresent();
    }

    @Test
    void vcpusCountAsWellAndTheMessageSaysWhichLimit() {
        QuotaLedger ledger = ledger(20, null);
        assertThat(ledger.reserve("a", D8, NOON)).isEmpty();
        assertThat(ledger.reserve("b", SPOT_D8, NOON)).isEmpty();
        QuotaExceeded refusal = ledger.reserve("c", D8, NOON).orElseThrow();
        assertThat(refusal.message()).contains("16 of 20 vCPUs", "limits.vcpus");
        assertThat(refusal.blockage().scope()).isEqualTo(new Blockage.WholeAccount("ci/azure"));
        assertThat(ledger.reserve("c", offering(4, CapacityType.ON_DEMAND), NOON))
                .isEmpty();
    }

    @Test
    void aRefusedMachineGivesItsRoomBack() {
        QuotaLedger ledger = ledger(null, 1);
        assertThat(ledger.reserve("a", D8, NOON)).isEmpty();
        ledger.release("a");
        assertThat(ledger.reserve("b", D8, NOON)).isEmpty();
    }

    @Test
    void aMachineCountsOnceWhenTheListShowsItAndAsLongAsItDoes() {
        QuotaLedger ledger = ledger(null, 2);
        ledger.reserve("a", D8, NOON);
        ledger.settle("a", NOON);
        ledger.observed(Map.of("a", D8), NOON.plusSeconds(10));
        assertThat(ledger.reserve("b", D8, NOON.plusSeconds(10))).isEmpty();
        assertThat(ledger.reserve("c", D8, NOON.plusSeconds(10))).isPresent();
        ledger.observed(Map.of(), NOON.plusSeconds(20));
        assertThat(ledger.reserve("c", D8, NOON.plusSeconds(20))).isEmpty();
    }

    @Test
    void roomForAMachineThatAzureWasNotAskedForIsFreeOnceNobodyAsksForItAnyMore() {
        QuotaLedger ledger = ledger(null, 1);
        ledger.reserve("a", D8, NOON);
        ledger.keep("a", NOON.plusSeconds(60));
        ledger.observed(Map.of(), NOON.plusSeconds(59));
        assertThat(ledger.reserve("b", D8, NOON.plusSeconds(59))).isPresent();

        ledger.reserve("a", D8, NOON.plusSeconds(59));
        ledger.observed(Map.of(), NOON.plusSeconds(60));
        assertThat(ledger.reserve("b", D8, NOON.plusSeconds(60)))
                .as("it was asked for again")
                .isPresent();

        ledger.keep("a", NOON.plusSeconds(120));
        ledger.observed(Map.of(), NOON.plusSeconds(120));
        assertThat(ledger.reserve("b", D8, NOON.plusSeconds(120))).isEmpty();
    }

    @Test
    void roomForAMachineThatAnEarlierCallMayHaveMadeIsKept() {
        QuotaLedger ledger = ledger(null, 2);
        ledger.reserve("lost", D8, NOON);
        ledger.doubt("lost", NOON.plusSeconds(300));
        ledger.reserve("accepted", D8, NOON);
        ledger.settle("accepted", NOON.plusSeconds(300));
        for (String machine : List.of("lost", "accepted")) {
            ledger.reserve(machine, D8, NOON.plusSeconds(1));
            ledger.keep(machine, NOON.plusSeconds(2));
        }
        Instant lagging = NOON.plusSeconds(299).plus(Duration.ofMinutes(20));
        ledger.observed(Map.of(), lagging);
        assertThat(ledger.reserve("b", D8, lagging)).isPresent();
        ledger.observed(Map.of(), lagging.plusSeconds(1));
        assertThat(ledger.reserve("b", D8, lagging.plusSeconds(1))).isEmpty();
    }

    @Test
    void whoAsksForAnotherOfferingTakesThatOnesRoomAndGivesTheFormersBack() {
        QuotaLedger ledger = ledger(24, null);
        ledger.reserve("a", D8, NOON);
        ledger.reserve("b", D8, NOON);
        Offering large = offering(16, CapacityType.ON_DEMAND);
        assertThat(ledger.reserve("a", large, NOON)).as("16 beside 8").isEmpty();
        assertThat(ledger.offering("a")).contains(large);
        assertThat(ledger.reserve("b", large, NOON)).as("16 beside 16").isPresent();
        assertThat(ledger.reserve("b", D8, NOON)).isEmpty();
        assertThat(ledger.reserve("c", offering(4, CapacityType.ON_DEMAND), NOON))
                .isPresent();
    }

    @Test
    void aListThatLagsFreesNothing() {
        QuotaLedger ledger = ledger(null, 1);
        ledger.reserve("a", D8, NOON);
        ledger.settle("a", NOON);
        ledger.observed(Map.of(), NOON.plusSeconds(60));
        assertThat(ledger.reserve("b", D8, NOON.plusSeconds(60))).isPresent();
        ledger.observed(Map.of(), NOON.plus(Duration.ofMinutes(20)));
        assertThat(ledger.reserve("b", D8, NOON.plus(Duration.ofMinutes(20)))).isEmpty();
    }

    @Test
    void machinesFromBeforeARestartCount() {
        QuotaLedger ledger = ledger(null, 2);
        ledger.observed(Map.of("x", D8, "y", D8), NOON);
        assertThat(ledger.reserve("a", D8, NOON)).isPresent();
    }

    @Test
    void quotaIsWhatIsUsedAndWhatIsAskedForSince() {
        QuotaLedger ledger = ledger(null, null);
        ledger.read(usages(NOON, 80, 100, 0, 100));
        assertThat(ledger.reserve("a", D8, NOON.plusSeconds(1))).isEmpty();
        ledger.settle("a", NOON.plusSeconds(2));
        ledger.observed(Map.of("a", D8), NOON.plusSeconds(3));
        assertThat(ledger.reserve("b", D8, NOON.plusSeconds(4))).isEmpty();
        QuotaExceeded refusal = ledger.reserve("c", D8, NOON.plusSeconds(5)).orElseThrow();
        assertThat(refusal.blockage().scope())
                .isEqualTo(new Blockage.FamilyFrom("ci/azure", "standardDDSv5Family", CapacityType.ON_DEMAND, 8));
        assertThat(refusal.message()).contains("standardDDSv5Family", "100 vCPUs", "80 are used", "16 asked for");
        assertThat(ledger.reserve("c", offering(4, CapacityType.ON_DEMAND), NOON.plusSeconds(5)))
                .isEmpty();
    }

    @Test
    void newUsagesAlreadyHoldWhatWasAcceptedBefore() {
        QuotaLedger ledger = ledger(null, null);
        ledger.read(usages(NOON, 80, 100, 0, 100));
        ledger.reserve("a", D8, NOON.plusSeconds(1));
        ledger.settle("a", NOON.plusSeconds(2));
        ledger.read(usages(NOON.plusSeconds(60), 88, 100, 0, 100));
        ledger.observed(Map.of("a", D8), NOON.plusSeconds(61));
        assertThat(ledger.reserve("b", D8, NOON.plusSeconds(62))).isEmpty();
        assertThat(ledger.reserve("c", D8, NOON.plusSeconds(63))).isPresent();
    }

    @Test
    void spotHasAQuotaOfItsOwn() {
        QuotaLedger ledger = ledger(null, null);
        ledger.read(usages(NOON, 100, 100, 0, 8));
        assertThat(ledger.reserve("a", SPOT_D8, NOON)).isEmpty();
        assertThat(ledger.reserve("b", SPOT_D8, NOON).orElseThrow().blockage().scope())
                .isEqualTo(new Blockage.WholeType("ci/azure", CapacityType.SPOT));
        assertThat(ledger.reserve("c", D8, NOON)).isPresent();
    }

    @Test
    void whatTheUsagesDoNotNameBarsNothing() {
        QuotaLedger ledger = ledger(null, null);
        ledger.read(usages(NOON, 0, 100, 0, 0));
        Offering other = new Offering(
                "p", "ci/azure", "Standard_F8s_v2", "standardFSv2Family", null, CapacityType.ON_DEMAND, 8, 0);
        assertThat(ledger.reserve("a", other, NOON)).isEmpty();
    }
}
