package dev.shedmaster.lab.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemandReplayTest {
    private static final DemandEvents YEAR = DemandEvents.ofTheYear();

    @Test
    void theYearIsThere() {
        assertThat(YEAR.events()).hasSize(2711);
        Map<DemandEvent.Kind, Long> kinds =
                YEAR.events().stream().collect(Collectors.groupingBy(DemandEvent::kind, Collectors.counting()));
        assertThat(kinds)
                .containsEntry(DemandEvent.Kind.NIGHTLY, 714L)
                .containsEntry(DemandEvent.Kind.PR_MERGED, 834L)
                .containsEntry(DemandEvent.Kind.RELEASE_BUILD, 75L)
                .containsEntry(DemandEvent.Kind.SDK_BOOTSTRAP, 38L)
                .containsEntry(DemandEvent.Kind.DEV_BUILD, 17L);
    }

    @Test
    void theBusiestNightHasSixBuildsAtNine() {
        DemandReplay night = DemandReplay.ofBusiestNight(YEAR, 1, 1);
        List<PlannedBuild> nightly = night.builds().stream()
                .filter(build -> build.name().startsWith("nightly"))
                .toList();
        assertThat(nightly).hasSize(6);
        assertThat(nightly)
                .allSatisfy(
                        build -> assertThat(build.start()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(32)));
    }

    @Test
    void aBuildFansOutAsTheProjectsDo() {
        DemandReplay.Choice choice = DemandReplay.Choice.night(YEAR.busiestNight(), 1, 1);
        for (DemandReplay.Choice arm64 : List.of(choice, choice.withArm64())) {
            PlannedBuild build = DemandReplay.of(YEAR, arm64).builds().getFirst();
            Map<MachineNeed, Long> needs =
                    build.stages().stream().collect(Collectors.groupingBy(Stage::need, Collectors.counting()));
            assertThat(build.stages()).hasSizeBetween(25, 32);
            assertThat(needs.get(MachineNeed.BUILDER)).isEqualTo(6);
            assertThat(needs.get(MachineNeed.KVM)).isEqualTo(4);
            assertThat(needs.getOrDefault(MachineNeed.ARM64_KVM, 0L)).isEqualTo(arm64.arm64() ? 2 : 0);
        }
    }

    @Test
    void everyStageWaitsForEarlierOnesOnly() {
        DemandReplay year = DemandReplay.of(
                YEAR,
                new DemandReplay.Choice(
                        Instant.parse("2025-08-22T00:00:00Z"), Instant.parse("2026-08-23T00:00:00Z"), 1, 1, true));
        assertThat(year.builds()).hasSize(714 + 75 + 17 + 38);
        Set<String> names = new HashSet<>();
        for (PlannedBuild build : year.builds()) {
            assertThat(names.add(build.name())).isTrue();
            Set<String> before = new HashSet<>();
            for (Stage stage : build.stages()) {
                assertThat(before).containsAll(stage.after());
                assertThat(before.add(stage.name())).isTrue();
                assertThat(stage.duration()).isPositive();
            }
        }
    }

    @Test
    void theSameChoiceIsTheSameReplayAndSpeedOnlyScales() {
        LocalDate night = YEAR.busiestNight();
        DemandReplay real = DemandReplay.of(YEAR, DemandReplay.Choice.night(night, 7, 1));
        assertThat(DemandReplay.of(YEAR, DemandReplay.Choice.night(night, 7, 1)))
                .isEqualTo(real);
        assertThat(DemandReplay.of(YEAR, DemandReplay.Choice.night(night, 8, 1)))
                .isNotEqualTo(real);
        DemandReplay fast = DemandReplay.of(YEAR, DemandReplay.Choice.night(night, 7, 1000));
        assertThat(fast.work().toMillis())
                .isBetween(real.work().toMillis() / 1001, real.work().toMillis() / 999);
    }

    @Test
    void mediansAreTheAssumedOnes() {
        Durations durations = new Durations(new java.util.Random(3), 1);
        List<Duration> drawn = java.util.stream.IntStream.range(0, 4001)
                .mapToObj(i -> durations.lognormal(1.8, 0.35))
                .sorted()
                .toList();
        assertThat(drawn.get(2000).toMinutes()).isBetween(104L, 112L);
        assertThat(java.util.stream.IntStream.range(0, 1000).mapToObj(i -> durations.cloud(2)))
                .allMatch(duration -> duration.compareTo(Duration.ofHours(2)) <= 0);
    }

    @Test
    void wrongInputIsNamed() {
        assertThatThrownBy(() -> DemandEvents.parse(List.of("time")))
                .hasMessageContaining("line 1: expected the header");
        assertThatThrownBy(() -> DemandEvents.parse(List.of("time_utc,kind,channel,major", "now,nightly,,")))
                .hasMessageContaining("line 2, time_utc: 'now'");
        assertThatThrownBy(() ->
                        DemandEvents.parse(List.of("time_utc,kind,channel,major", "2025-08-22T21:00:30Z,weekly,,")))
                .hasMessageContaining("line 2, kind: 'weekly'");
        assertThatThrownBy(() -> DemandReplay.Choice.night(LocalDate.EPOCH, 1, 0))
                .hasMessageContaining("speed");
    }
}
