package dev.shedmaster.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.shedmaster.port.DedicatedServers.DedicatedServer;
import dev.shedmaster.port.DedicatedServers.RequestAllowance;
import dev.shedmaster.port.DedicatedServers.RescueBoot;
import dev.shedmaster.port.DedicatedServers.ResetType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every landlord of servers owes its callers. An adapter's test extends it and says how its world is moved. */
public abstract class DedicatedServersContract {
    protected static final int NUMBER = 321;
    private static final int NO_SUCH = 999;

    /** The account under test; the same for the whole test. */
    protected abstract DedicatedServers servers();

    /** The same account, opened with a password that it does not have. */
    protected abstract DedicatedServers withWrongPassword();

    /** Rents a server that is on, can be reset by its button and has a blank disk. */
    protected abstract void rent(int number);

    /** Lets enough time pass for a server that was reset to have booted. */
    protected abstract void settle();

    /** Lets the answers that may be some minutes old become older. */
    protected abstract void letAnswersAge();

    /** A public key that the account does not know yet, as OpenSSH writes it. */
    protected abstract String publicKey();

    /** How many requests have come to the landlord so far. */
    protected abstract int requests();

    /** The requests that a person would have to pay for, or lose a server by. */
    protected abstract List<String> costly();

    protected static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(PortError error) -> fail(error.toString());
        };
    }

    protected static PortError failed(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?>(PortError error)
                ? error
                : fail("expected a failure, got " + outcome);
    }

    /** Has the server boot into the rescue system and tells of that boot. */
    protected final RescueBoot bootRescue() {
        done(servers().armRescue(NUMBER, List.of(done(servers().ensureKey("shedmaster", publicKey())))));
        done(servers().reset(NUMBER, ResetType.HARDWARE));
        settle();
        return done(servers().lastRescue(NUMBER));
    }

    @Test
    void anAccountThatCanBeUsedIsFoundSo() {
        rent(NUMBER);
        rent(322);
        assertThat(done(servers().verify())).isEqualTo(Nothing.NOTHING);
        assertThat(done(servers().servers()))
                .extracting(DedicatedServer::number)
                .containsExactlyInAnyOrder(NUMBER, 322);
    }

    @Test
    void anAccountWithoutServersIsUsableToo() {
        assertThat(done(servers().verify())).isEqualTo(Nothing.NOTHING);
        assertThat(done(servers().servers())).isEmpty();
    }

    @Test
    void aServerIsDescribed() {
        rent(NUMBER);
        DedicatedServer server = done(servers().server(NUMBER));
        assertThat(server.number()).isEqualTo(NUMBER);
        assertThat(server.address()).isNotBlank();
        assertThat(server.product()).isNotBlank();
        assertThat(server.dataCenter()).isNotBlank();
        assertThat(server.isReady()).isTrue();
        assertThat(server.isCancelled()).isFalse();
    }

    @Test
    void aServerThatWasRentedMeanwhileIsFound() {
        assertThat(failed(servers().server(NUMBER))).isInstanceOf(PortError.NotFound.class);
        rent(NUMBER);
        letAnswersAge();
        assertThat(done(servers().server(NUMBER)).number()).isEqualTo(NUMBER);
    }

    @Test
    void aServerThatIsNotThereIsNotFoundByAnyCall() {
        rent(NUMBER);
        String key = done(servers().ensureKey("shedmaster", publicKey()));
        Stream<Outcome<?>> calls = Stream.of(
                servers().server(NO_SUCH),
                servers().rename(NO_SUCH, "a"),
                servers().isRescueArmed(NO_SUCH),
                servers().armRescue(NO_SUCH, List.of(key)),
                servers().disarmRescue(NO_SUCH),
                servers().lastRescue(NO_SUCH),
                servers().resetOptions(NO_SUCH),
                servers().reset(NO_SUCH, ResetType.HARDWARE),
                servers().wake(NO_SUCH));
        assertThat(calls).allSatisfy(call -> assertThat(failed(call)).isInstanceOf(PortError.NotFound.class));
    }

    @Test
    void aNameIsGiven() {
        rent(NUMBER);
        done(servers().server(NUMBER));
        done(servers().rename(NUMBER, "sm host & ü"));
        assertThat(done(servers().server(NUMBER)).name()).isEqualTo("sm host & ü");
    }

    @Test
    void aKeyIsTheSameUnderAnyName() {
        String fingerprint = done(servers().ensureKey("shedmaster", publicKey() + " somebody@example"));
        assertThat(done(servers().ensureKey("another", publicKey()))).isEqualTo(fingerprint);
        done(servers().removeKey(fingerprint));
        done(servers().removeKey(fingerprint));
        assertThat(done(servers().ensureKey("shedmaster", publicKey()))).isEqualTo(fingerprint);
    }

    @Test
    void aKeyThatTheAccountDoesNotKnowArmsNothing() {
        rent(NUMBER);
        String fingerprint = done(servers().ensureKey("shedmaster", publicKey()));
        done(servers().removeKey(fingerprint));
        assertThat(failed(servers().armRescue(NUMBER, List.of(fingerprint)))).isInstanceOf(PortError.Invalid.class);
        assertThat(done(servers().isRescueArmed(NUMBER))).isFalse();
    }

    @Test
    void armingAndDisarmingMayBeRepeated() {
        rent(NUMBER);
        String key = done(servers().ensureKey("shedmaster", publicKey()));
        assertThat(done(servers().isRescueArmed(NUMBER))).isFalse();
        done(servers().armRescue(NUMBER, List.of(key)));
        done(servers().armRescue(NUMBER, List.of(key)));
        assertThat(done(servers().isRescueArmed(NUMBER))).isTrue();
        done(servers().disarmRescue(NUMBER));
        done(servers().disarmRescue(NUMBER));
        assertThat(done(servers().isRescueArmed(NUMBER))).isFalse();
    }

    @Test
    void aServerThatWasNeverRescuedHasNoLastRescue() {
        rent(NUMBER);
        assertThat(done(servers().lastRescue(NUMBER)).bootedAt()).isNull();
        assertThat(done(servers().lastRescue(NUMBER)).hostKeys()).isEmpty();
    }

    @Test
    void whatIsArmedIsBootedOnceAndTellsItsHostKeys() {
        rent(NUMBER);
        RescueBoot boot = bootRescue();
        assertThat(boot.bootedAt()).isNotNull();
        assertThat(boot.hostKeys()).isNotEmpty().allMatch(key -> key.matches("SHA256:[A-Za-z0-9+/]{43}"));
        assertThat(done(servers().isRescueArmed(NUMBER))).isFalse();

        done(servers().reset(NUMBER, ResetType.HARDWARE));
        settle();
        assertThat(done(servers().lastRescue(NUMBER)))
                .as("it has booted its disk")
                .isEqualTo(boot);
    }

    @Test
    void eachRescueIsKnownFromTheOneBefore() {
        rent(NUMBER);
        RescueBoot first = bootRescue();
        RescueBoot second = bootRescue();
        assertThat(second.bootedAt()).isNotEqualTo(first.bootedAt());
        assertThat(second.hostKeys()).doesNotContainAnyElementsOf(first.hostKeys());
    }

    @Test
    void whatIsArmedIsNotBootedBeforeTheReset() {
        rent(NUMBER);
        settle();
        done(servers().armRescue(NUMBER, List.of(done(servers().ensureKey("shedmaster", publicKey())))));
        settle();
        assertThat(done(servers().isRescueArmed(NUMBER))).isTrue();
        assertThat(done(servers().lastRescue(NUMBER)).bootedAt()).isNull();
    }

    @Test
    void aServerSaysHowItCanBeReset() {
        rent(NUMBER);
        assertThat(done(servers().resetOptions(NUMBER)).types()).contains(ResetType.HARDWARE);
    }

    @Test
    void whatIsAskedForIsCounted() {
        rent(NUMBER);
        RequestAllowance before = resets();
        done(servers().reset(NUMBER, ResetType.HARDWARE));
        assertThat(resets()).isEqualTo(new RequestAllowance(before.kind(), before.left() - 1, before.limit(), null));
    }

    private RequestAllowance resets() {
        return servers().allowances().stream()
                .filter(allowance -> allowance.kind().equals("POST /reset"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWrongPasswordIsShownOnce() {
        rent(NUMBER);
        DedicatedServers refused = withWrongPassword();
        assertThat(failed(refused.verify())).isInstanceOf(PortError.Unauthorized.class);
        assertThat(failed(refused.verify())).isInstanceOf(PortError.Unauthorized.class);
        assertThat(failed(refused.reset(NUMBER, ResetType.HARDWARE))).isInstanceOf(PortError.Unauthorized.class);
        assertThat(requests()).isEqualTo(1);
        assertThat(done(servers().verify())).isEqualTo(Nothing.NOTHING);
    }

    @Test
    void nothingIsEverOrderedOrCancelled() {
        rent(NUMBER);
        bootRescue();
        done(servers().rename(NUMBER, "a"));
        done(servers().disarmRescue(NUMBER));
        servers().wake(NUMBER);
        servers().close();
        assertThat(costly()).isEmpty();
    }
}
