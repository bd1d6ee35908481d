package dev.shedmaster.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.upkeep.HostUpkeep.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds for every set of hosts. The seed that a failure names makes it again. */
class UpgradeTurnsProperties {
    private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");
    private static final List<Stage> STAGES = List.of(Stage.values());

    private static UpgradeTurns rule(long seed) {
        Random random = new Random(~seed);
        return new UpgradeTurns(1 + random.nextInt(3), Duration.ofMinutes(random.nextInt(90)));
    }

    private static List<HostUpkeep> hosts(long seed) {
        Random random = new Random(seed);
        List<HostUpkeep> hosts = new ArrayList<>();
        for (int h = random.nextInt(9); h > 0; h--) {
            List<MaintenanceWindow> windows = new ArrayList<>();
            for (int w = random.nextInt(3); w > 0; w--) {
                Instant begin = TEN.plus(Duration.ofMinutes(random.nextInt(400) - 200));
                windows.add(new MaintenanceWindow(begin, begin.plus(Duration.ofMinutes(1 + random.nextInt(200)))));
            }
            if (windows.isEmpty() && random.nextBoolean()) {
                windows.add(MaintenanceWindow.ALWAYS);
            }
            Stage stage = random.nextInt(3) == 0 ? STAGES.get(random.nextInt(STAGES.size())) : Stage.OUTDATED;
            hosts.add(new HostUpkeep("h" + h, "g" + random.nextInt(2), stage, random.nextInt(3), windows));
        }
        return hosts;
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void nobodyIsTakenOutBeyondTheLimitNorWhileAnotherIsNotReady(@ForAll long seed) {
        List<HostUpkeep> hosts = hosts(seed);
        Map<String, Turn> turns = rule(seed).at(TEN, hosts);
        for (List<HostUpkeep> group :
                hosts.stream().collect(Collectors.groupingBy(HostUpkeep::group)).values()) {
            long taken = group.stream()
                    .filter(host -> turns.get(host.host()) instanceof Turn.TakeOut)
                    .count();
            long out = group.stream().filter(host -> host.stage().isOut()).count();
            if (taken > 0) {
                assertThat(taken + out).isLessThanOrEqualTo(rule(seed).atOnce());
                assertThat(group).noneMatch(host -> host.stage() == Stage.NOT_READY);
            }
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void workBeginsOnHostsThatAreOutAndEmptyAlone(@ForAll long seed) {
        List<HostUpkeep> hosts = hosts(seed);
        Map<String, Turn> turns = rule(seed).at(TEN, hosts);
        for (HostUpkeep host : hosts) {
            boolean hasWork = host.stage() == Stage.OUTDATED || host.stage() == Stage.TAKEN_OUT;
            assertThat(turns.containsKey(host.host())).isEqualTo(hasWork);
            if (turns.get(host.host()) instanceof Turn.Begin) {
                assertThat(host.stage()).isEqualTo(Stage.TAKEN_OUT);
                assertThat(host.jobs()).isZero();
            }
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void nothingChangesBeforeTheInstantThatIsTold(@ForAll long seed) {
        List<HostUpkeep> hosts = hosts(seed);
        Map<String, Turn> turns = rule(seed).at(TEN, hosts);
        Optional<Instant> next = rule(seed).next(TEN, hosts);
        Instant until = next.orElse(TEN.plus(Duration.ofDays(9)));
        assertThat(rule(seed).at(until.minusNanos(1), hosts)).isEqualTo(turns);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void theOrderOfHostsDoesNotMatter(@ForAll long seed) {
        List<HostUpkeep> hosts = hosts(seed);
        Map<String, Turn> turns = rule(seed).at(TEN, hosts);
        Collections.shuffle(hosts, new Random(seed));
        assertThat(rule(seed).at(TEN, hosts)).isEqualTo(turns);
    }
}
