package dev.shedmaster.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.LeakCollection;
import dev.shedmaster.api.v1alpha1.LeakCounts;
import dev.shedmaster.api.v1alpha1.LeakMode;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LeakCollectorTest {
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");
    private static final Leftover OLD =
            new Leftover("/vm/old", "virtual machine", "sm-kvm-aaaaaaaa", "ci/sm-kvm-aaaaaaaa");
    private static final Leftover NIC =
            new Leftover("/nic/old", "network interface", "sm-kvm-bbbbbbbb-nic", "ci/sm-kvm-bbbbbbbb");

    private final List<String> told = new ArrayList<>();
    private final Account account = new Account();
    private final MachineLink link = new MachineLink(
            "ci/azure",
            account,
            Map::of,
            (before, now) -> Duration.ofHours(1),
            InstantSource.system(),
            corrected -> {},
            (before, now) -> {});
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LeakCollector collector = new LeakCollector((account, reason, note) -> told.add(note), meters);
    private final Set<String> workers = new HashSet<>();

    /** An account that knows what is left over, and what was deleted. */
    private static final class Account extends QuietProvider {
        private final Set<Leftover> leftovers = new HashSet<>(Set.of(OLD, NIC));
        private final List<Leftover> deleted = new ArrayList<>();

        @Override
        public Outcome<Set<Leftover>> leftovers(Set<String> known) {
            Set<Leftover> unknown = new HashSet<>(leftovers);
            unknown.removeIf(leftover -> known.contains(leftover.worker()));
            return Outcome.done(unknown);
        }

        @Override
        public Outcome<Nothing> collect(Leftover leftover) {
            deleted.add(leftover);
            leftovers.remove(leftover);
            return Outcome.done(Nothing.NOTHING);
        }
    }

    private void round(LeakMode mode, int most, Duration after) {
        collector.collect(
                "ci/azure", new LeakCollection(mode, "10m", most), link, () -> Set.copyOf(workers), NINE.plus(after));
    }

    @Test
    void deletesWhatWasSeenTwiceAndLongEnoughAndSaysSo() {
        round(LeakMode.DELETE, 20, Duration.ZERO);
        round(LeakMode.DELETE, 20, Duration.ofMinutes(9));
        assertThat(account.deleted).isEmpty();

        round(LeakMode.DELETE, 20, Duration.ofMinutes(10));

        assertThat(account.deleted).containsExactlyInAnyOrder(OLD, NIC);
        assertThat(told).hasSize(2).anySatisfy(note -> assertThat(note).contains("sm-kvm-aaaaaaaa"));
        assertThat(collector.counts("ci/azure")).isEqualTo(new LeakCounts(2, 2, 0));
    }

    @Test
    void neverDeletesWhatAWorkerAccountsFor() {
        workers.add("ci/sm-kvm-aaaaaaaa");
        round(LeakMode.DELETE, 20, Duration.ZERO);
        round(LeakMode.DELETE, 20, Duration.ofHours(1));

        assertThat(account.deleted).containsExactly(NIC);
    }

    @Test
    void looksForTheWorkerOnceMoreRightBeforeItDeletes() {
        round(LeakMode.DELETE, 20, Duration.ZERO);
        // The worker appears between the look at the account and the deletion.
        collector.collect(
                "ci/azure",
                new LeakCollection(LeakMode.DELETE, "10m", 20),
                link,
                new Supplier<>() {
                    private boolean asked;

                    @Override
                    public Set<String> get() {
                        Set<String> known = asked ? Set.of(OLD.worker(), NIC.worker()) : Set.of();
                        asked = true;
                        return known;
                    }
                },
                NINE.plus(Duration.ofHours(1)));

        assertThat(account.deleted).isEmpty();
    }

    @Test
    void deletesOnlySoManyInARound() {
        round(LeakMode.DELETE, 1, Duration.ZERO);
        round(LeakMode.DELETE, 1, Duration.ofHours(1));

        assertThat(account.deleted).hasSize(1);
    }

    @Test
    void onlyReportsInADryRunAndDoesNothingWhenItIsOff() {
        round(LeakMode.DRY_RUN, 20, Duration.ZERO);
        round(LeakMode.DRY_RUN, 20, Duration.ofHours(1));
        assertThat(account.deleted).isEmpty();
        assertThat(collector.counts("ci/azure")).isEqualTo(new LeakCounts(2, 0, 2));

        round(LeakMode.OFF, 20, Duration.ofHours(2));
        assertThat(account.deleted).isEmpty();
    }

    @Test
    void whatNobodyLooksForAnyMoreIsNotCounted() {
        round(LeakMode.DRY_RUN, 20, Duration.ZERO);
        assertThat(meters.get("shedmaster.leaks").gauge().value()).isEqualTo(2);

        round(LeakMode.OFF, 20, Duration.ofHours(1));

        assertThat(meters.get("shedmaster.leaks").gauge().value()).isZero();
        assertThat(collector.counts("ci/azure")).isEqualTo(LeakCounts.NONE);

        // Two looks with a time of nobody looking between them are not two in a row.
        round(LeakMode.DELETE, 20, Duration.ofHours(2));
        assertThat(account.deleted).isEmpty();
    }

    @Test
    void anAccountThatIsGoneIsForgotten() {
        round(LeakMode.DRY_RUN, 20, Duration.ZERO);
        collector.keepOnly(Set.of("ci/azure"));
        assertThat(meters.get("shedmaster.leaks").gauge().value()).isEqualTo(2);

        collector.keepOnly(Set.of("ci/other"));

        assertThat(meters.find("shedmaster.leaks").gauge()).isNull();
        assertThat(collector.counts("ci/azure")).isEqualTo(LeakCounts.NONE);
    }
}
