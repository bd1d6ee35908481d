package dev.shedmaster.core.slot;

import static dev.shedmaster.core.slot.Hosts.amount;
import static dev.shedmaster.core.slot.Hosts.capacity;
import static dev.shedmaster.core.slot.Hosts.host;
import static dev.shedmaster.core.slot.Hosts.need;
import static dev.shedmaster.core.slot.Hosts.requests;
import static dev.shedmaster.core.slot.Hosts.shape;
import static dev.shedmaster.core.slot.Hosts.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.core.slot.HostView.Capacity;
import dev.shedmaster.core.slot.HostView.Standing;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotLedgerTest {

    /** Where each request went, or "-". */
    private static List<String> hosts(SlotPlan plan) {
        return plan.answers().stream()
                .map(answer -> switch (answer) {
                    case SlotAnswer.Given given -> given.host();
                    case SlotAnswer.Denied denied -> "-";
                })
                .toList();
    }

    private static List<String> placed(SlotLedger ledger, int count, Need need) {
        return hosts(ledger.place(requests(count, need)));
    }

    private static SlotLedger ledger(HostView... hosts) {
        return SlotLedger.of(List.of(hosts), List.of());
    }

    @Test
    void anRx220TakesFourKolaWorkersAndNoFifth() {
        SlotPlan plan = ledger(host("a")).place(requests(5, need(16, 48, "a")));
        assertThat(plan.answers().subList(0, 4))
                .containsExactly(
                        new SlotAnswer.Given("w0", "a", Isolation.CONTAINER),
                        new SlotAnswer.Given("w1", "a", Isolation.CONTAINER),
                        new SlotAnswer.Given("w2", "a", Isolation.CONTAINER),
                        new SlotAnswer.Given("w3", "a", Isolation.CONTAINER));
        assertThat(plan.answers().get(4)).isInstanceOfSatisfying(SlotAnswer.Denied.class, denied -> {
            assertThat(denied.worker()).isEqualTo("w4");
            assertThat(denied.why().text()).isEqualTo("no room: 1 of 1 host lacks CPUs (needs 16, most free are 12)");
        });
        assertThat(plan.after().free()).containsOnlyKeys("a");
        assertThat(plan.after().free().get("a"))
                .isEqualTo(new Amount(76 - 64, (244 - 192) * 1024, Integer.MAX_VALUE - 4));
    }

    @Test
    void theFullestHostThatHasRoomComesFirst() {
        SlotLedger ledger = SlotLedger.of(
                List.of(host("a"), host("b"), host("c")),
                List.of(worker("b", 10, 60), worker("c", 10, 120), worker("c", 10, 60)));
        assertThat(placed(ledger, 7, need(10, 64, "a", "b", "c"))).containsExactly("c", "b", "b", "a", "a", "a", "-");
    }

    @Test
    void ofHostsWithTheSameMemoryFreeThatWithTheLeastCpusThenTheFirstByName() {
        SlotLedger ledger =
                SlotLedger.of(List.of(host("c"), host("b"), host("a")), List.of(worker("a", 1, 8), worker("b", 2, 8)));
        assertThat(placed(ledger, 1, need(1, 8, "a", "b", "c"))).containsExactly("b");
        assertThat(placed(ledger(host("b"), host("c"), host("a")), 2, need(40, 8, "a", "b", "c")))
                .containsExactly("a", "b");
    }

    @Test
    void itStaysTheFullestAsOthersFillUp() {
        SlotLedger ledger = SlotLedger.of(List.of(host("a"), host("b")), List.of(worker("a", 1, 8)));
        Need onlyB = need(8, 64, "b");
        Need any = need(8, 64, "a", "b");
        SlotPlan plan = ledger.place(List.of(
                new SlotRequest("1", any),
                new SlotRequest("2", onlyB),
                new SlotRequest("3", onlyB),
                new SlotRequest("4", any)));
        assertThat(hosts(plan)).containsExactly("a", "b", "b", "b");
    }

    @Test
    void onlySelectedHostsAreUsed() {
        assertThat(placed(ledger(host("a"), host("b")), 1, need(1, 1, "b"))).containsExactly("b");
        assertThat(placed(ledger(host("a"), host("b")), 1, need(1, 1))).containsExactly("-");
    }

    @Test
    void whoComesFirstIsServedFirst() {
        SlotPlan plan = ledger(host("a"))
                .place(List.of(
                        new SlotRequest("large", need(60, 60, "a")),
                        new SlotRequest("too large", need(60, 60, "a")),
                        new SlotRequest("small", need(16, 16, "a"))));
        assertThat(hosts(plan)).containsExactly("a", "-", "a");
        assertThat(plan.answers()).extracting(SlotAnswer::worker).containsExactly("large", "too large", "small");
    }

    @Test
    void cpusAreOvercommittedWhereTheHostSaysSoAndMemoryNever() {
        Capacity half = new Capacity(80, 4, 150, 256 * 1024, 12 * 1024, OptionalInt.empty());
        SlotLedger ledger = ledger(host("a", half, Standing.OPEN));
        assertThat(ledger.room(need(38, 1, "a"))).isEqualTo(3);
        assertThat(ledger.room(need(38, 122, "a"))).isEqualTo(2);
        assertThat(new Capacity(3, 0, 150, 1, 0, OptionalInt.empty())
                        .forWorkers()
                        .cpus())
                .isEqualTo(4);
    }

    @Test
    void aHostThatKeepsMoreThanItHasHasNothing() {
        Capacity none = new Capacity(2, 4, 100, 1024, 2048, OptionalInt.of(3));
        assertThat(none.forWorkers()).isEqualTo(new Amount(0, 0, 3));
    }

    @Test
    void whatIsMoreThanFullHasNoRoom() {
        SlotLedger ledger = SlotLedger.of(List.of(host("a")), List.of(worker("a", 100, 300)));
        assertThat(ledger.free().get("a")).isEqualTo(new Amount(0, 0, Integer.MAX_VALUE));
        assertThat(ledger.room(need(1, 1, "a"))).isZero();
    }

    @Test
    void kvmSlotsAreForThoseWhoNeedKvm() {
        SlotLedger ledger = ledger(host("a", capacity(80, 256, OptionalInt.of(2)), Standing.OPEN));
        assertThat(placed(ledger, 3, need(1, 1, "a"))).containsExactly("a", "a", "-");
        assertThat(ledger.place(requests(2, need(1, 1, "a")))
                        .after()
                        .room(need(shape(38, 1, false, Set.of(Isolation.CONTAINER)), "release", "a")))
                .isEqualTo(1);
    }

    @Test
    void aWorkerWhoseHostIsGoneTakesNothing() {
        SlotLedger ledger = SlotLedger.of(List.of(host("a")), List.of(worker("gone", 76, 244)));
        assertThat(ledger.room(need(76, 244, "a"))).isEqualTo(1);
    }

    @Test
    void twoHostsOfOneNameAreAMistake() {
        assertThatThrownBy(() -> ledger(host("a"), host("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host a is listed twice");
    }

    @Test
    void roomIsCountedOverAllHostsThatMayBeUsed() {
        SlotLedger ledger = SlotLedger.of(
                List.of(host("a"), host("b"), host("c"), host("d", Hosts.RX220, Standing.DRAINING)),
                List.of(worker("b", 40, 8)));
        assertThat(ledger.room(need(16, 48, "a", "b", "d"))).isEqualTo(4 + 2);
        assertThat(ledger.room(need(16, 48))).isZero();
    }

    @Test
    void roomBeyondCountingIsTheGreatestNumber() {
        Capacity huge = new Capacity(Integer.MAX_VALUE, 0, 200, Long.MAX_VALUE, 0, OptionalInt.empty());
        SlotLedger ledger = ledger(host("a", huge, Standing.OPEN), host("b", huge, Standing.OPEN));
        Need least = need(new Shape(Architecture.ARM64, 1, 1, false, Hosts.ANY), "release", "a", "b");
        assertThat(ledger.room(least)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatIsKeptBackIsForItsPoolAlone() {
        SlotLedger ledger = ledger(host("a")).reserve("a", "ci/release", amount(32, 100));
        assertThat(ledger.room(need(4, 48, "a"))).isEqualTo(3);
        assertThat(ledger.room(need(44, 4, "a"))).isEqualTo(1);
        assertThat(ledger.room(need(45, 4, "a"))).isZero();
        assertThat(ledger.reserve("a", "ci/kola", amount(44, 144)).room(need(44, 144, "a")))
                .isEqualTo(1);
        assertThat(ledger.reserve("b", "ci/third", amount(76, 244)).room(need(4, 48, "a")))
                .isEqualTo(3);
    }

    @Test
    void whatAPoolHasAlreadyIsPartOfWhatIsKeptForIt() {
        PlacedWorker own = new PlacedWorker("ci/release", "a", amount(16, 48), "release");
        PlacedWorker elsewhere = new PlacedWorker("ci/release", "b", amount(16, 48), "release");
        SlotLedger ledger = SlotLedger.of(List.of(host("a"), host("b")), List.of(own, elsewhere))
                .reserve("a", "ci/release", amount(16, 96));
        // 244 - 48 - what is still kept: 48
        assertThat(ledger.room(need(1, 37, "a"))).isEqualTo(4);
        assertThat(ledger.room(need(60, 1, "a"))).isEqualTo(1);
    }

    @Test
    void aLaterReservationReplacesTheOneBefore() {
        SlotLedger ledger = ledger(host("a"))
                .reserve("a", "ci/release", amount(76, 244))
                .reserve("a", "ci/release", amount(0, 244 - 48));
        assertThat(ledger.room(need(16, 48, "a"))).isEqualTo(1);
    }

    @Test
    void aPoolTakesWhatIsKeptForItBeforeTheFullestHost() {
        SlotLedger ledger = SlotLedger.of(List.of(host("a"), host("b"), host("c")), List.of(worker("a", 4, 100)))
                .reserve("b", "ci/kola", amount(16, 96));
        Need need = need(8, 48, "a", "b", "c");
        SlotPlan plan = ledger.place(requests(3, need));
        assertThat(hosts(plan)).containsExactly("b", "b", "a");
        Need other = new Need("ci/other", need.shape(), "release", Set.of("b"));
        assertThat(ledger.room(other)).isEqualTo(3);
        assertThat(plan.after().room(other)).isEqualTo(3);
    }

    @Test
    void aPoolMayTakeMoreThanIsKeptForIt() {
        SlotLedger ledger = ledger(host("a")).reserve("a", "ci/kola", amount(8, 48));
        assertThat(placed(ledger, 6, need(8, 48, "a"))).containsExactly("a", "a", "a", "a", "a", "-");
    }

    @Test
    void planningChangesNothingInTheLedgerThatItBeganWith() {
        SlotLedger ledger = ledger(host("a"));
        SlotPlan first = ledger.place(requests(4, need(16, 48, "a")));
        assertThat(ledger.room(need(16, 48, "a"))).isEqualTo(4);
        assertThat(first.after().room(need(16, 48, "a"))).isZero();
        assertThat(first.after().room(need(12, 48, "a"))).isEqualTo(1);
        assertThat(first.after().reserve("a", "ci/kola", amount(64, 192)).room(need(12, 48, "a")))
                .isEqualTo(1);
        Need other = new Need("ci/other", shape(12, 48, false, Hosts.ANY), "release", Set.of("a"));
        assertThat(first.after().reserve("a", "ci/kola", amount(64, 192)).room(other))
                .isEqualTo(1);
    }

    /** Of 76 CPUs and 244 GiB, 60 and 196 are kept for others. */
    @Test
    void whatIsKeptBackIsKeptToTheLastBit() {
        SlotLedger ledger = ledger(host("a", capacity(80, 256, OptionalInt.of(3)), Standing.OPEN))
                .reserve("a", "ci/release", new Amount(60, 196 * 1024, 2));
        assertThat(placed(ledger, 1, need(16, 48, "a"))).containsExactly("a");
        assertThat(placed(ledger, 1, need(17, 48, "a"))).containsExactly("-");
        assertThat(placed(ledger, 1, need(16, 49, "a"))).containsExactly("-");
        assertThat(placed(ledger, 2, need(8, 24, "a"))).containsExactly("a", "-");
    }

    @Test
    void whatOthersHaveIsNoPartOfWhatIsKept() {
        PlacedWorker elsewhere = new PlacedWorker("ci/release", "b", amount(16, 48), "release");
        SlotLedger ledger = SlotLedger.of(List.of(host("a"), host("b")), List.of(worker("a", 16, 48), elsewhere))
                .reserve("a", "ci/release", amount(16, 96));
        assertThat(ledger.room(need(1, 100, "a"))).isEqualTo(1);
        assertThat(ledger.room(need(1, 101, "a"))).isZero();
        SlotPlan plan = SlotLedger.of(List.of(host("a"), host("b")), List.of())
                .place(List.of(new SlotRequest("1", need(16, 48, "a")), new SlotRequest("2", need(16, 48, "b"))));
        Need other = new Need("ci/other", shape(1, 100, false, Hosts.ANY), "release", Set.of("a"));
        assertThat(plan.after().reserve("a", "ci/kola", amount(16, 144)).room(other))
                .isEqualTo(1);
        assertThat(plan.after().reserve("a", "ci/third", amount(16, 97)).room(other))
                .isZero();
    }

    /** A host that was too full for all who asked counts by what it has left when others ask. */
    @Test
    void theFullestIsTheFullestInTheNextPlanToo() {
        SlotLedger ledger =
                SlotLedger.of(List.of(host("a"), host("b")), List.of(worker("a", 60, 100), worker("b", 8, 150)));
        SlotPlan plan = ledger.place(requests(1, need(16, 48, "a", "b")));
        assertThat(hosts(plan)).containsExactly("b");
        assertThat(placed(plan.after(), 3, need(1, 20, "a", "b"))).containsExactly("b", "b", "a");
        SlotPlan full = ledger.place(requests(1, need(16, 48, "a")));
        assertThat(hosts(full)).containsExactly("a");
        assertThat(placed(ledger.place(requests(5, need(20, 20, "a", "b"))).after(), 1, need(1, 1, "a", "b")))
                .containsExactly("b");
    }
}
