package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderlyEndTest {
    private final OrderlyEnd end = new OrderlyEnd(Duration.ofSeconds(40));

    @Test
    @Timeout(10)
    void whoIsAskedToEndEndsWithTheStatusOfTheFirstTrouble() throws InterruptedException {
        end.ask(0);
        end.ask(3);
        end.ask(4);
        assertThat(end.awaitAsked()).isEqualTo(3);
    }

    @Test
    @Timeout(10)
    void aProcessThatHasFinishedIsNotWaitedFor() {
        end.close();
        end.askAndWait();
    }
}
