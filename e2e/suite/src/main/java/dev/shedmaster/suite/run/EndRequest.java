package dev.shedmaster.suite.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/**
 * The user's wish that it ends: Ctrl-C, or a signal that means the same. The first one lets what runs be ended in order;
 * while nothing runs yet, and on the second, the JVM ends at once.
 */
final class EndRequest {
    private static final int INTERRUPTED = 130;

    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile boolean patient;

    private EndRequest() {}

    static EndRequest listening() {
        EndRequest request = new EndRequest();
        List.of("INT", "TERM", "HUP").forEach(signal -> Signals.register(signal, request::hear));
        return request;
    }

    /** From now on somebody looks whether the end is asked for. */
    void willBeObeyed() {
        patient = true;
    }

    private void hear() {
        boolean again = isMade();
        asked.countDown();
        if (!patient || again) {
            // What runs has hooks of its own for that.
            System.exit(INTERRUPTED);
        }
    }

    boolean isMade() {
        return asked.getCount() == 0;
    }

    /** Waits so long, or until the end is asked for. */
    void await(Duration atMost) throws InterruptedException {
        var _ = asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
