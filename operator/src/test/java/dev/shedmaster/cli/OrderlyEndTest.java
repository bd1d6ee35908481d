package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderlyEndTest {
    private final OrderlyEnd end = new OrderlyEnd(Duration.ofSeconds(40));

    @Test
    @Timeout(10)
    void theFirstToAskDecidesTheExitStatus() throws InterruptedException {
        end.ask(0);
        end.ask(3);
        assertThat(end.awaitAsked()).isZero();
    }

    @Test
    @Timeout(10)
    void aProcessThatHasFinishedIsNotWaitedFor() {
        end.close();
        end.askAndWait();
    }
}
