package dev.shedmaster.core.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * What holds for every set of hosts, and each answer against the same rule told in other words. The seed that a failure
 * names makes it again.
 */
class SlotLedgerProperties {

    /** Fullest first, nobody denied who would fit, nobody placed who does not: answer by answer. */
    @Property(shrinking = ShrinkingMode.OFF)
    void eachAnswerIsThatOfThePlainRule(@ForAll long seed) {
        HostWorld world = new HostWorld(seed);
        PlainSlotRule rule = new PlainSlotRule(world);
        for (SlotAnswer answer : world.ledger().place(world.requests).answers()) {
            Need need = world.need(answer.worker());
            HostView expected = rule.place(need);
            switch (answer) {
                case SlotAnswer.Given given -> assertThat(world.host(given)).isEqualTo(expected);
                case SlotAnswer.Denied denied -> {
                    assertThat(expected).as(denied.why().text()).isNull();
                    assertThat(denied.why().hosts().values().stream()
                                    .mapToInt(count -> count)
                                    .sum())
                            .isEqualTo(need.hosts().size());
                }
            }
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void noHostGivesMoreThanItHasAndNoneServesAZoneThatItDoesNotList(@ForAll long seed) {
        HostWorld world = new HostWorld(seed);
        SlotPlan plan = world.ledger().place(world.requests);
        for (HostView host : world.hosts) {
            Amount taken = Amount.NOTHING;
            for (SlotAnswer answer : plan.answers()) {
                if (answer instanceof SlotAnswer.Given(String worker, String name, Isolation isolation)
                        && name.equals(host.name())) {
                    Need need = world.need(worker);
                    taken = taken.plus(need.shape().amount());
                    assertThat(need.shape().isolations()).contains(isolation);
                    assertThat(host.lists(need.zone())).isTrue();
                    assertThat(world.workers)
                            .filteredOn(other -> other.host().equals(name))
                            .allMatch(other -> host.lists(other.zone()));
                }
            }
            Amount before = Objects.requireNonNull(
                    SlotLedger.of(world.hosts, world.workers).free().get(host.name()));
            assertThat(before.covers(taken)).isTrue();
            assertThat(plan.after().free()).containsEntry(host.name(), before.minus(taken));
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void theOrderOfHostsAndWorkersDoesNotMatter(@ForAll long seed) {
        HostWorld world = new HostWorld(seed);
        List<SlotAnswer> answers = world.ledger().place(world.requests).answers();
        Collections.shuffle(world.hosts, new Random(seed));
        Collections.shuffle(world.workers, new Random(seed));
        assertThat(world.ledger().place(world.requests).answers()).isEqualTo(answers);
    }

    /** The planner has ranked them: what a later one gets costs an earlier one nothing. */
    @Property(shrinking = ShrinkingMode.OFF)
    void laterRequestsChangeNothingForEarlierOnes(@ForAll long seed) {
        HostWorld world = new HostWorld(seed);
        int few = world.requests.size() / 2;
        List<SlotRequest> first = world.requests.subList(0, few);
        SlotPlan begun = world.ledger().place(first);
        List<SlotAnswer> all = world.ledger().place(world.requests).answers();
        assertThat(all.subList(0, few)).isEqualTo(begun.answers());
        List<SlotAnswer> rest = begun.after()
                .place(world.requests.subList(few, world.requests.size()))
                .answers();
        assertThat(rest)
                .extracting(SlotLedgerProperties::host)
                .isEqualTo(all.subList(few, all.size()).stream()
                        .map(SlotLedgerProperties::host)
                        .toList());
    }

    private static String host(SlotAnswer answer) {
        return answer instanceof SlotAnswer.Given given ? given.host() : "none";
    }

    /**
     * For workers of one kind, filling up serves as many as any other way: the sum of what each host holds by itself.
     */
    @Property(shrinking = ShrinkingMode.OFF)
    void roomIsWhatCanBePlaced(@ForAll long seed) {
        HostWorld world = new HostWorld(seed);
        Need need = world.need();
        long placed = world.ledger().place(Hosts.requests(120, need)).answers().stream()
                .filter(SlotAnswer.Given.class::isInstance)
                .count();
        assertThat(world.ledger().room(need)).isEqualTo((int) placed);
    }
}
