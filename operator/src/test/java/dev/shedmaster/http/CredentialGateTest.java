package dev.shedmaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CredentialGateTest {
    private Instant now = Instant.parse("2026-11-24T09:00:00Z");
    private final CredentialGate gate = new CredentialGate(() -> now);
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void callsPassWhileNothingWasRefused() {
        assertThat(call()).isEqualTo(Outcome.done(1));
        assertThat(call()).isEqualTo(Outcome.done(2));
    }

    @Test
    void afterARefusalNoCallIsMadeAndTheFirstReasonStands() {
        PortError.Unauthorized first = new PortError.Unauthorized("the token is refused");
        assertThat(gate.shut(first)).isEqualTo(first);
        assertThat(gate.shut(new PortError.Unauthorized("something later"))).isEqualTo(first);

        assertThat(call()).isEqualTo(Outcome.failed(first));
        assertThat(calls).hasValue(0);
    }

    @Test
    void aRefusalThatIsNotCertainlyOfTheCredentialShutsItForAWhile() {
        PortError.Unauthorized maybe = new PortError.Unauthorized("a proxy's page");
        PortError.Unauthorized certain = new PortError.Unauthorized("the token is refused");
        assertThat(gate.shutFor(Duration.ofMinutes(5), maybe)).isEqualTo(maybe);
        assertThat(gate.shut(certain)).as("the first stands").isEqualTo(maybe);
        assertThat(call()).isEqualTo(Outcome.failed(maybe));

        now = now.plus(Duration.ofMinutes(5));
        assertThat(call()).isEqualTo(Outcome.done(1));
        assertThat(gate.shut(certain)).isEqualTo(certain);
        now = now.plus(Duration.ofDays(5));
        assertThat(call()).isEqualTo(Outcome.failed(certain));
    }

    private Outcome<Integer> call() {
        return gate.pass(() -> Outcome.done(calls.incrementAndGet()));
    }
}
