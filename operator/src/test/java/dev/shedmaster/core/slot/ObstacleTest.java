package dev.shedmaster.core.slot;

import static dev.shedmaster.core.slot.Hosts.amount;
import static dev.shedmaster.core.slot.Hosts.host;
import static dev.shedmaster.core.slot.Hosts.need;
import static dev.shedmaster.core.slot.Hosts.requests;
import static dev.shedmaster.core.slot.Hosts.shape;
import static dev.shedmaster.core.slot.Hosts.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.slot.HostView.Standing;
import dev.shedmaster.core.slot.Need.Supply;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host gives to whom, and the words in which it is said when none does. */
class ObstacleTest {
    private static final Set<Isolation> CONTAINER = Set.of(Isolation.CONTAINER);
    private static final Set<Isolation> MACHINE = Set.of(Isolation.VIRTUAL_MACHINE);

    private static SlotAnswer answer(SlotLedger ledger, Need need) {
        return ledger.place(requests(1, need)).answers().getFirst();
    }

    private static NoRoom denied(SlotLedger ledger, Need need) {
        return ((SlotAnswer.Denied) answer(ledger, need)).why();
    }

    private static NoRoom denied(HostView host, Need need) {
        return denied(SlotLedger.of(List.of(host), List.of()), need);
    }

    private static HostView hostWith(Virtualization virtualization, OptionalInt kvmSlots) {
        return new HostView(
                "a",
                Architecture.ARM64,
                virtualization,
                Hosts.capacity(80, 256, kvmSlots),
                Set.of("release"),
                Standing.OPEN);
    }

    /** Of what a worker may have, it gets the strongest that the host can give. */
    @ParameterizedTest
    @CsvSource({
        "NONE, false, CONTAINER, CONTAINER",
        "NONE, false, ANY, CONTAINER",
        "NONE, false, VIRTUAL_MACHINE, NO_KVM",
        "NONE, true, CONTAINER, NO_KVM",
        "NONE, true, ANY, NO_KVM",
        "NONE, true, VIRTUAL_MACHINE, NO_KVM",
        "EMULATED, false, CONTAINER, CONTAINER",
        "EMULATED, false, ANY, VIRTUAL_MACHINE",
        "EMULATED, false, VIRTUAL_MACHINE, VIRTUAL_MACHINE",
        "EMULATED, true, CONTAINER, NO_KVM",
        "EMULATED, true, ANY, NO_KVM",
        "EMULATED, true, VIRTUAL_MACHINE, NO_KVM",
        "KVM, false, CONTAINER, CONTAINER",
        "KVM, false, ANY, VIRTUAL_MACHINE",
        "KVM, false, VIRTUAL_MACHINE, VIRTUAL_MACHINE",
        "KVM, true, CONTAINER, CONTAINER",
        "KVM, true, ANY, CONTAINER",
        "KVM, true, VIRTUAL_MACHINE, NO_NESTING",
        "NESTED, false, CONTAINER, CONTAINER",
        "NESTED, false, ANY, VIRTUAL_MACHINE",
        "NESTED, false, VIRTUAL_MACHINE, VIRTUAL_MACHINE",
        "NESTED, true, CONTAINER, CONTAINER",
        "NESTED, true, ANY, VIRTUAL_MACHINE",
        "NESTED, true, VIRTUAL_MACHINE, VIRTUAL_MACHINE"
    })
    void whatAHostCanRun(Virtualization host, boolean kvm, String wanted, String answer) {
        Set<Isolation> isolations = wanted.equals("ANY") ? Hosts.ANY : Set.of(Isolation.valueOf(wanted));
        SlotLedger ledger = SlotLedger.of(List.of(hostWith(host, OptionalInt.empty())), List.of());
        String got = switch (answer(ledger, need(shape(16, 48, kvm, isolations), "release", "a"))) {
            case SlotAnswer.Given given -> given.isolation().name();
            case SlotAnswer.Denied denied ->
                denied.why().hosts().keySet().iterator().next().name();
        };
        assertThat(got).isEqualTo(answer);
    }

    @Test
    void aHostWithoutKvmSlotsHasNoKvm() {
        HostView host = hostWith(Virtualization.KVM, OptionalInt.of(0));
        assertThat(denied(host, need(1, 1, "a")).text()).isEqualTo("no room: 1 of 1 host has no KVM");
        assertThat(answer(SlotLedger.of(List.of(host), List.of()), need(shape(1, 1, false, MACHINE), "release", "a")))
                .isEqualTo(new SlotAnswer.Given("w0", "a", Isolation.VIRTUAL_MACHINE));
    }

    @Test
    void nestedVirtualisationIsMissedBySuchAsNeedIt() {
        NoRoom why = denied(
                hostWith(Virtualization.KVM, OptionalInt.empty()), need(shape(1, 1, true, MACHINE), "release", "a"));
        assertThat(why.text())
                .isEqualTo("no room: 1 of 1 host has no nested virtualisation, which KVM in a virtual machine needs");
        assertThat(why.isPassing()).isFalse();
    }

    @Test
    void anotherArchitecture() {
        Need amd64 = need(new Shape(Architecture.AMD64, 1, 1, false, Hosts.ANY), "release", "a");
        assertThat(denied(host("a"), amd64).text()).isEqualTo("no room: 1 of 1 host is not amd64");
        HostView host = new HostView(
                "a", Architecture.AMD64, Virtualization.NESTED, Hosts.RX220, Set.of("release"), Standing.OPEN);
        assertThat(denied(host, need(1, 1, "a")).text()).isEqualTo("no room: 1 of 1 host is not arm64");
    }

    @Test
    void anImageThatIsOnItsWayIsWaitedFor() {
        Need kola = need(1, 1, "a", "b");
        Need need =
                new Need(kola.pool(), kola.shape(), "release", kola.hosts(), new Supply("worker 1", true, Set.of("a")));
        SlotLedger both = SlotLedger.of(List.of(host("a"), host("b")), List.of());
        assertThat(answer(both, need)).isEqualTo(new SlotAnswer.Given("w0", "b", Isolation.CONTAINER));

        NoRoom why = denied(SlotLedger.of(List.of(host("a")), List.of()), need.on(Set.of("a")));
        assertThat(why.text()).isEqualTo("no room: 1 of 1 host fetches the image worker 1");
        assertThat(why.isPassing()).isTrue();

        HostView silent = host("a", Hosts.RX220, Standing.NOT_READY);
        assertThat(denied(silent, need.on(Set.of("a"))).text()).isEqualTo("no room: 1 of 1 host is not ready");
    }

    @Test
    void anImageThatNobodyFetchesIsForAPerson() {
        Need kola = need(1, 1, "a");
        Need need =
                new Need(kola.pool(), kola.shape(), "release", kola.hosts(), new Supply("worker", false, Set.of("a")));
        NoRoom why = denied(host("a"), need);
        assertThat(why.text()).isEqualTo("no room: 1 of 1 host does not have the image worker");
        assertThat(why.isPassing()).isFalse();
        assertThat(why.remedy())
                .startsWith("put worker into /var/lib/shedmaster/images of a host, or say in hosts.image");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
        release, release,       yes
        release, pulls release, yes
        release, pulls,         no room: 1 of 1 host does not list zone release (spec.trustZones)
        release, none,          no room: 1 of 1 host does not list zone release (spec.trustZones)
        none,    none,          yes
        none,    release,       'no room: 1 of 1 host serves trust zones, and the pool has none (spec.trustZone)'
        """)
    void zonesAreServedThatAreListed(@Nullable String wanted, @Nullable String listed, String answer) {
        HostView host = new HostView(
                "a",
                Architecture.ARM64,
                Virtualization.KVM,
                Hosts.RX220,
                listed == null ? Set.of() : Set.of(listed.split(" ")),
                Standing.OPEN);
        Need need = need(shape(1, 1, true, CONTAINER), wanted, "a");
        String got = switch (answer(SlotLedger.of(List.of(host), List.of()), need)) {
            case SlotAnswer.Given given -> "yes";
            case SlotAnswer.Denied denied -> {
                assertThat(denied.why().isPassing()).isFalse();
                yield denied.why().text();
            }
        };
        assertThat(got).isEqualTo(answer);
    }

    @Test
    void zonesThatAreListedLiveSideBySide() {
        SlotLedger ledger = SlotLedger.of(List.of(host("a")), List.of(worker("a", 1, 1)));
        assertThat(answer(ledger, need(shape(1, 1, true, CONTAINER), "pulls", "a")))
                .isInstanceOf(SlotAnswer.Given.class);
    }

    @Test
    void nobodyComesBesideAZoneThatIsListedNoMore() {
        PlacedWorker former = new PlacedWorker("ci/x", "a", amount(1, 1), "nightly");
        SlotLedger ledger = SlotLedger.of(List.of(host("a")), List.of(worker("a", 1, 1), former));
        NoRoom why = denied(ledger, need(1, 1, "a"));
        assertThat(why.text())
                .isEqualTo("no room: 1 of 1 host still has workers of a zone that it lists no more (spec.trustZones)");
        assertThat(why.isPassing()).isTrue();
        PlacedWorker zoneless = new PlacedWorker("ci/x", "a", amount(1, 1), null);
        assertThat(denied(SlotLedger.of(List.of(host("a")), List.of(zoneless)), need(1, 1, "a"))
                        .hosts())
                .containsOnlyKeys(Obstacle.FORMER_ZONE);
    }

    @ParameterizedTest
    @CsvSource({
        "DRAINING, is being drained, true",
        "NOT_READY, is not ready, true",
        "UNSCHEDULABLE, takes no more workers (spec.schedulable), false"
    })
    void aHostThatIsNotOpenTakesNothingNew(Standing standing, String words, boolean passing) {
        NoRoom why = denied(host("a", Hosts.RX220, standing), need(1, 1, "a"));
        assertThat(why.text()).isEqualTo("no room: 1 of 1 host " + words);
        assertThat(why.isPassing()).isEqualTo(passing);
    }

    @Test
    void aWorkerCanBeTooLargeForAnEmptyHost() {
        NoRoom why = denied(host("a"), need(1, 245, "a"));
        assertThat(why.text()).isEqualTo("no room: 1 of 1 host is too small even when empty (needs 1 CPU and 245Gi)");
        assertThat(why.isPassing()).isFalse();
        assertThat(denied(host("a"), need(77, 1, "a")).text())
                .isEqualTo("no room: 1 of 1 host is too small even when empty (needs 77 CPUs and 1Gi)");
        assertThat(answer(SlotLedger.of(List.of(host("a")), List.of()), need(76, 244, "a")))
                .isInstanceOf(SlotAnswer.Given.class);
    }

    @Test
    void hostsAreCountedByWhatTheyLack() {
        SlotLedger ledger = SlotLedger.of(
                List.of(host("a"), host("b"), host("c", Hosts.RX220, Standing.DRAINING)),
                List.of(worker("a", 8, 212), worker("b", 8, 220)));
        NoRoom why = denied(ledger, need(16, 48, "a", "b", "c"));
        assertThat(why.text())
                .isEqualTo("no room: 2 of 3 hosts lack memory (needs 48Gi, most free is 32Gi), 1 is being drained");
        assertThat(why.isPassing()).isTrue();
    }

    @Test
    void eachHostCountsOnceAndAllKindsAreTold() {
        HostView small = host("small", Hosts.capacity(8, 64, OptionalInt.empty()), Standing.OPEN);
        HostView slotless = host("slotless", Hosts.capacity(80, 256, OptionalInt.of(1)), Standing.OPEN);
        SlotLedger ledger = SlotLedger.of(
                        List.of(host("memory"), host("cpus"), host("cpus2"), slotless, host("kept"), small),
                        List.of(
                                worker("memory", 70, 243),
                                worker("cpus", 62, 100),
                                worker("cpus2", 61, 100),
                                new PlacedWorker("ci/x", "slotless", new Amount(1, 1, 1), "pulls")))
                .reserve("kept", "ci/zeal", amount(70, 1))
                .reserve("kept", "ci/release", amount(0, 240))
                .reserve("kept", "ci/kola", amount(1, 1))
                .reserve("kept", "ci/none", Amount.NOTHING);
        NoRoom why =
                denied(ledger, need(16, 48, "memory", "cpus", "cpus2", "slotless", "kept", "small", "gone", "lost"));
        assertThat(why.text())
                .isEqualTo("no room: 1 of 8 hosts lacks memory (needs 48Gi, most free is 1Gi),"
                        + " 2 lack CPUs (needs 16, most free are 15), 1 has no KVM slot free,"
                        + " 1 keeps its room back for ci/release, ci/zeal,"
                        + " 1 is too small even when empty (needs 16 CPUs and 48Gi), 2 are not known yet");
        assertThat(why.hosts().values().stream().mapToInt(count -> count).sum()).isEqualTo(8);
    }

    /** Every sentence for several hosts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        MEMORY        | lack memory (needs 1536Mi, most free is 1Gi)
        CPUS          | lack CPUs (needs 1, most free are 0)
        KVM_SLOTS     | have no KVM slot free
        KEPT_BACK     | keep their room back for ci/release
        DRAINING      | are being drained
        NOT_READY     | are not ready
        UNSCHEDULABLE | take no more workers (spec.schedulable)
        FORMER_ZONE   | still have workers of a zone that they list no more (spec.trustZones)
        ZONE          | do not list zone pulls (spec.trustZones)
        TOO_SMALL     | are too small even when empty (needs 1 CPU and 1536Mi)
        NO_NESTING    | have no nested virtualisation, which KVM in a virtual machine needs
        NO_KVM        | have no KVM
        ARCHITECTURE  | are not arm64
        UNKNOWN       | are not known yet
        """)
    void severalHosts(Obstacle obstacle, String words) {
        Need need = need(new Shape(Architecture.ARM64, 1, 1536, true, MACHINE), "pulls", "a", "b");
        NoRoom why = new NoRoom(need, Map.of(obstacle, 2), 1024, 0, Set.of("ci/release"));
        assertThat(why.text()).isEqualTo("no room: 2 of 2 hosts " + words);
    }

    @Test
    void severalHostsServeZonesAndAPoolHasNone() {
        Need need = need(shape(1, 1, true, CONTAINER), null, "a", "b");
        assertThat(denied(SlotLedger.of(List.of(host("a"), host("b")), List.of()), need)
                        .text())
                .isEqualTo("no room: 2 of 2 hosts serve trust zones, and the pool has none (spec.trustZone)");
    }

    @Test
    void aSelectorThatFindsNothing() {
        NoRoom why = denied(host("a"), need(1, 1));
        assertThat(why.text()).isEqualTo("no room: the pool's selector finds no host");
        assertThat(why.isPassing()).isFalse();
    }

    @Test
    void whatLastsIsToldBeforeWhatPasses() {
        HostView closed = new HostView(
                "a", Architecture.ARM64, Virtualization.NONE, Hosts.RX220, Set.of("pulls"), Standing.DRAINING);
        PlacedWorker former = new PlacedWorker("ci/x", "a", amount(76, 244), "nightly");
        SlotLedger ledger = SlotLedger.of(List.of(closed), List.of(former));
        Need all = need(new Shape(Architecture.AMD64, 99, 1, true, CONTAINER), "release", "a");
        assertThat(denied(ledger, all).hosts()).containsOnlyKeys(Obstacle.ARCHITECTURE);
        assertThat(denied(ledger, need(99, 1, "a")).hosts()).containsOnlyKeys(Obstacle.NO_KVM);
        assertThat(denied(ledger, need(shape(99, 1, false, CONTAINER), "release", "a"))
                        .hosts())
                .containsOnlyKeys(Obstacle.TOO_SMALL);
        assertThat(denied(ledger, need(shape(1, 1, false, CONTAINER), "release", "a"))
                        .hosts())
                .containsOnlyKeys(Obstacle.ZONE);
        assertThat(denied(ledger, need(shape(1, 1, false, CONTAINER), "pulls", "a"))
                        .hosts())
                .containsOnlyKeys(Obstacle.FORMER_ZONE);
        SlotLedger full =
                SlotLedger.of(List.of(closed), List.of(new PlacedWorker("ci/x", "a", amount(76, 244), "pulls")));
        assertThat(denied(full, need(shape(1, 1, false, CONTAINER), "pulls", "a"))
                        .hosts())
                .containsOnlyKeys(Obstacle.DRAINING);
    }

    /**
     * What was said of the first that was denied holds for those of its kind after it, whatever others took meanwhile.
     */
    @Test
    void aDenialTellsOfTheMomentAtWhichItCame() {
        SlotLedger ledger = SlotLedger.of(List.of(host("a")), List.of(worker("a", 8, 212)));
        Need large = need(16, 48, "a");
        SlotPlan plan = ledger.place(List.of(
                new SlotRequest("1", large), new SlotRequest("2", need(1, 16, "a")), new SlotRequest("3", large)));
        assertThat(plan.answers().get(2))
                .isInstanceOfSatisfying(
                        SlotAnswer.Denied.class,
                        third -> assertThat(third.why().text())
                                .isEqualTo("no room: 1 of 1 host lacks memory (needs 48Gi, most free is 32Gi)"));
    }
}
