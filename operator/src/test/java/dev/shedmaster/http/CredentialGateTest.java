package dev.shedmaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CredentialGateTest {
    private final CredentialGate gate = new CredentialGate();
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

    private Outcome<Integer> call() {
        return gate.pass(() -> Outcome.done(calls.incrementAndGet()));
    }
}
