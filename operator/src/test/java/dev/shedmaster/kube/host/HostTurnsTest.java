package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.HetznerAccountSpec;
import dev.shedmaster.api.v1alpha1.HetznerCredentials;
import dev.shedmaster.api.v1alpha1.HetznerLimits;
import dev.shedmaster.api.v1alpha1.HostMaintenance;
import dev.shedmaster.api.v1alpha1.HostMaintenanceWindow;
import dev.shedmaster.api.v1alpha1.HostWords;
import dev.shedmaster.api.v1alpha1.SecretReference;
import dev.shedmaster.api.v1alpha1.SshKey;
import dev.shedmaster.core.host.HostLife;
import dev.shedmaster.core.host.HostLife.Installed;
import dev.shedmaster.core.host.HostLife.RescueWork;
import dev.shedmaster.core.host.HostSight;
import dev.shedmaster.core.host.HostSight.Health;
import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Occupancy;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.core.host.HostSight.Turn;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.core.host.HostState.Draining.Purpose;
import dev.shedmaster.core.host.HostTransition;
import dev.shedmaster.core.host.Step;
import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.kube.status.Informed;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may be installed or taken out, when several want to. */
class HostTurnsTest {
    private static final Instant MONDAY_NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final HostState REGISTERED = new HostState.Registered("it is new");
    private static final HostState READY = new HostState.Ready();
    private static final HostSight UNTURNED = new HostSight(
            new HostWishes("here").of(SampleHosts.rented("any"), HostWords.NONE, MONDAY_NINE),
            new Landlord.Unasked(),
            new Shell.Unasked(),
            new Health.Unread(),
            Occupancy.EMPTY,
            new Turn.NotYet("nobody was asked"));

    private final Informed<BareMetalHost> hosts = new Informed<>(BareMetalHost.class, woken -> {});
    private final Informed<HetznerAccount> accounts = new Informed<>(HetznerAccount.class, woken -> {});
    private final Map<String, List<HostTenant>> tenants = new HashMap<>();
    private Instant now = MONDAY_NINE;
    private final HostTurns turns =
            new HostTurns(hosts.known(), accounts.known(), host -> tenants.getOrDefault(host, List.of()), () -> now);

    @BeforeEach
    void anAccountThatInstallsTwoAtATime() {
        HetznerAccount account = new HetznerAccount();
        account.setMetadata(
                new ObjectMetaBuilder().withNamespace("ci").withName("robot").build());
        account.setSpec(new HetznerAccountSpec(
                "https://robot.example.org",
                new HetznerCredentials(new SecretReference("login")),
                new SshKey(new SecretReference("key")),
                new HetznerLimits(2, 40),
                null,
                null));
        accounts.put(account);
    }

    @Test
    void noMoreAreInstalledAtATimeThanTheAccountAllows() {
        assertThat(turn(registered("a"), REGISTERED)).isInstanceOf(Turn.Granted.class);
        assertThat(turn(registered("b"), REGISTERED)).isInstanceOf(Turn.Granted.class);
        assertThat(turn(registered("c"), REGISTERED))
                .isEqualTo(
                        new Turn.NotYet(
                                "a, b are being installed, and no more than 2 may be at a time (limits.provisioningAtOnce of the account)"));
    }

    @Test
    void aTurnThatWasNotUsedIsGivenToAnother() {
        assertThat(turn(registered("a"), REGISTERED)).isInstanceOf(Turn.Granted.class);
        assertThat(turn(registered("b"), REGISTERED)).isInstanceOf(Turn.Granted.class);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(turn(registered("c"), REGISTERED)).isInstanceOf(Turn.Granted.class);
    }

    @Test
    void oneAtATimeIsTakenOutForItsNewImageTheOneWithFewestJobsFirst() {
        tenants.put("ci/a", List.of(new HostTenant(new Amount(1, 1, 0), 3, true)));
        BareMetalHost a = ready("a", "of before", HostMaintenance.DEFAULT);
        BareMetalHost b = ready("b", "of before", HostMaintenance.DEFAULT);
        assertThat(turn(a, READY)).isEqualTo(new Turn.NotYet("waits for ci/b, taken out first: 3 jobs run here"));
        assertThat(turn(b, READY)).isInstanceOf(Turn.Granted.class);
        assertThat(turn(a, READY))
                .isEqualTo(new Turn.NotYet("waits for ci/b: no more than 1 may be out of service at a time"));
    }

    @Test
    void nobodyIsTakenOutWhileAnotherOneIsNotReady() {
        BareMetalHost a = ready("a", "of before", HostMaintenance.DEFAULT);
        put("b", new HostState.Unreachable("nothing answers"), wanted(), HostMaintenance.DEFAULT);
        assertThat(turn(a, READY)).isEqualTo(new Turn.NotYet("waits until ci/b is ready"));
    }

    @Test
    void aHostThatNeverServedHoldsNobodyUp() {
        BareMetalHost a = ready("a", "of before", HostMaintenance.DEFAULT);
        registered("b");
        assertThat(turn(a, READY)).isInstanceOf(Turn.Granted.class);
    }

    @Test
    void aHostIsTakenOutInItsWindowAlone() {
        HostMaintenance weekdays =
                new HostMaintenance(false, List.of(new HostMaintenanceWindow("0 10 * * 1-5", "Etc/UTC", "4h")), null);
        BareMetalHost a = ready("a", "of before", weekdays);
        assertThat(turn(a, READY))
                .isEqualTo(new Turn.NotYet("waits for its maintenance window at 2026-11-23T10:00:00Z"));
        assertThat(turns.next(a)).contains(Instant.parse("2026-11-23T10:00:00Z"));
        now = Instant.parse("2026-11-23T13:40:00Z");
        assertThat(turn(a, READY))
                .as("twenty minutes are not enough")
                .isEqualTo(new Turn.NotYet("waits for its maintenance window at 2026-11-24T10:00:00Z"));
        now = Instant.parse("2026-11-23T10:00:00Z");
        assertThat(turn(a, READY)).isInstanceOf(Turn.Granted.class);
    }

    @Test
    void aWindowThatNeverOpensIsNamed() {
        BareMetalHost a = ready(
                "a",
                "of before",
                new HostMaintenance(false, List.of(new HostMaintenanceWindow("0 0 30 2 *", "Etc/UTC", "4h")), null));
        assertThat(turn(a, READY))
                .isInstanceOfSatisfying(
                        Turn.NotYet.class,
                        turn -> assertThat(turn.why())
                                .startsWith("spec.maintenance.windows[0].cron")
                                .contains("never comes"));
    }

    /** Each move of a host wakes those that wait: two hundred that are new would have one another looked at without an end. */
    @Test
    void aHostThatOthersHaveInstalledWaitsForNobodysTurn() {
        assertThat(HostTurns.waits(SampleHosts.rented("a"))).isTrue();
        assertThat(HostTurns.waits(SampleHosts.ofOthers("a"))).isFalse();
    }

    @Test
    void aHostWhoseSystemIsTheRightOneIsNotTakenOut() {
        assertThat(turn(ready("a", wanted(), HostMaintenance.DEFAULT), READY))
                .isEqualTo(new Turn.NotYet("its system is the one that is wanted"));
    }

    private static String wanted() {
        return HostWishes.generation(SampleHosts.rented("a").getSpec());
    }

    private BareMetalHost registered(String name) {
        return put(name, REGISTERED, "", HostMaintenance.DEFAULT);
    }

    private BareMetalHost ready(String name, String generation, HostMaintenance maintenance) {
        return put(name, READY, generation, maintenance);
    }

    private BareMetalHost put(String name, HostState state, String generation, HostMaintenance maintenance) {
        BareMetalHost rented = SampleHosts.rented(name);
        BareMetalHost host = SampleHosts.of(
                name,
                SampleHosts.spec(
                        rented.getSpec().robot(), null, rented.getSpec().image(), maintenance));
        HostLife life = new HostLife(
                state,
                now,
                false,
                0,
                null,
                List.of(),
                null,
                RescueWork.NONE,
                generation.isEmpty() ? Installed.NOTHING : new Installed(generation, Set.of("SHA256:a"), "boot-1"));
        host.setStatus(new BareMetalHostStatus(
                1L,
                HostRecords.phase(state),
                now,
                null,
                null,
                null,
                null,
                null,
                HostRecords.record(life, HostWords.NONE),
                List.of()));
        hosts.put(host);
        return host;
    }

    /** The turn that a host gets, which it takes where it may. */
    private Turn turn(BareMetalHost host, HostState state) {
        HostState next = state.serves()
                ? new HostState.Draining(Purpose.REINSTALLATION, 0)
                : new HostState.Provisioning(Step.CHECK_SERVER);
        return turns.deciding(
                        host,
                        state,
                        UNTURNED,
                        sight -> new HostTransition(
                                HostLife.registered(now),
                                sight.turn() instanceof Turn.Granted ? List.of(next) : List.of(),
                                null,
                                null,
                                false))
                .sight()
                .turn();
    }
}
