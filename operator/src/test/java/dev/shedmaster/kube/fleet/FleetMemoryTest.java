package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.Blockage.ClosedAccount;
import dev.shedmaster.core.placement.Blockage.Closure;
import dev.shedmaster.core.worker.Refusal;
import dev.shedmaster.kube.worker.SampleWorkers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When an account counts as closed, and when no longer. */
class FleetMemoryTest {
    private static final String ACCOUNT = SampleWorkers.SPOT.account();

    private Instant now = SampleWorkers.BORN;
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger accountChanges = new AtomicInteger();
    private final FleetMemory memory =
            new FleetMemory(() -> now, changes::incrementAndGet, accountChanges::incrementAndGet);

    private boolean isClosed() {
        return memory.current().closing(ACCOUNT, now).isPresent();
    }

    @Test
    void anAccountThatRefusesAnOrderIsPassedOverForAWhile() {
        memory.learn(new Refusal.Unauthorized("it lacks a right"), SampleWorkers.SPOT, "t1");

        assertThat(isClosed()).isTrue();
        assertThat(memory.current().closing("ci/other", now)).isEmpty();
        now = now.plus(Refusal.PASSED_OVER);
        assertThat(isClosed()).isFalse();
    }

    @Test
    void whatIsSaidAgainAndAgainIsNoNews() {
        memory.closed(ACCOUNT, "the credential is refused");
        now = now.plusSeconds(60);
        memory.closed(ACCOUNT, "the credential is refused");
        assertThat(changes).hasValue(1);

        memory.closed(ACCOUNT, "the resource group is missing");
        assertThat(changes).hasValue(2);
        assertThat(memory.current().closing(ACCOUNT, now).map(Blockage::why)).contains("the resource group is missing");
    }

    /** A thousand orders may be refused at once, and each pool has to tell it once. */
    @Test
    void onlyTheFirstRefusalClosesTheAccount() {
        memory.learn(new Refusal.Unauthorized("401"), SampleWorkers.SPOT, "t1");
        memory.learn(new Refusal.Unauthorized("401"), SampleWorkers.SPOT, "t1");
        memory.closed(ACCOUNT, "the credential is refused");
        assertThat(accountChanges).hasValue(1);

        memory.opened(ACCOUNT);
        memory.opened(ACCOUNT);
        assertThat(accountChanges).hasValue(2);
    }

    @Test
    void anAccountStaysClosedAsLongAsThatIsSaid() {
        for (int minute = 0; minute < 180; minute++) {
            memory.closed(ACCOUNT, "the credential is refused");
            now = now.plusSeconds(60);
            assertThat(isClosed()).isTrue();
        }
        now = now.plus(Duration.ofHours(1));
        assertThat(isClosed()).isFalse();
    }

    @Test
    void anAccountThatLetsUsReadIsOpenToOrdersToo() {
        memory.closed(ACCOUNT, "the credential is refused");
        memory.learn(new Refusal.Unauthorized("401"), SampleWorkers.SPOT, "t1");
        memory.closed("ci/other", "the credential is refused");

        memory.opened(ACCOUNT);
        assertThat(isClosed()).isFalse();
        assertThat(memory.current().closing("ci/other", now)).isPresent();
        assertThat(changes).hasValue(4);

        memory.opened(ACCOUNT);
        assertThat(changes).hasValue(4);
    }

    @Test
    void whatWasWrongForATemplateIsForgottenWithOtherSettingsOrOnceItIsHad() {
        Refusal wrong = new Refusal.Invalid("resourceGroup", "there is none");
        memory.learn(wrong, SampleWorkers.SPOT, "t1");
        assertThat(memory.current().blocking(SampleWorkers.SPOT, "t2", now)).isEmpty();
        memory.opened(ACCOUNT);
        assertThat(memory.current().blocking(SampleWorkers.SPOT, "t1", now)).isEmpty();

        memory.learn(wrong, SampleWorkers.SPOT, "t1");
        memory.had(SampleWorkers.SPOT, now.plusSeconds(1));
        assertThat(memory.current().blocking(SampleWorkers.SPOT, "t1", now)).isEmpty();
    }

    @Test
    void anAccountThatIsBeingDeletedTakesNoOrdersWhateverItLetsUsReadUntilItIsGone() {
        memory.leaves(ACCOUNT);
        memory.leaves(ACCOUNT);
        memory.opened(ACCOUNT);
        assertThat(memory.current().closing(ACCOUNT, now).map(Blockage::why))
                .contains("it is being deleted, and goes after the last of its workers");
        now = now.plusSeconds(40);
        memory.leaves(ACCOUNT);
        now = now.plusSeconds(40);
        assertThat(isClosed()).as("it was said again").isTrue();
        memory.had(SampleWorkers.SPOT, now.plusSeconds(1));
        assertThat(isClosed()).as("whatever it had taken before").isTrue();

        memory.gone(ACCOUNT);
        assertThat(isClosed()).isFalse();
    }

    @Test
    void anAccountThatWantsRestHasItWhateverItLetsUsRead() {
        memory.learn(new Refusal.Throttled(Refusal.LONG, "429"), SampleWorkers.SPOT, "t1");
        memory.opened(ACCOUNT);

        assertThat(memory.current().closing(ACCOUNT, now).map(Blockage::scope))
                .contains(new ClosedAccount(ACCOUNT, Closure.WANTS_REST));
        now = now.plus(Refusal.LONG);
        assertThat(isClosed()).isFalse();
    }
}
