package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WriteQueueTest {
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    private void write() {
        begun.incrementAndGet();
        try {
            released.await();
            done.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Runnable> writes(int count) {
        return IntStream.range(0, count).<Runnable>mapToObj(i -> this::write).toList();
    }

    @Test
    void itTakesWritesAtOnceAndCarriesOutOnlySoManyAtATime() {
        try (WriteQueue queue = new WriteQueue(3)) {
            queue.take(writes(10));
            await().until(() -> begun.get() == 3);
            assertThat(done).hasValue(0);
            released.countDown();
            await().until(() -> done.get() == 10);
        }
    }

    @Test
    void aWriteThatFailsDoesNotKeepTheOthersFromBeingDone() {
        released.countDown();
        try (WriteQueue queue = new WriteQueue(1)) {
            queue.take(List.of(
                    () -> {
                        throw new IllegalStateException("refused");
                    },
                    this::write));
            await().until(() -> done.get() == 1);
        }
    }

    @Test
    void onceClosedItBeginsNothingMore() {
        WriteQueue queue = new WriteQueue(1);
        queue.take(writes(5));
        await().until(() -> begun.get() == 1);
        queue.close();
        assertThat(begun).hasValue(1);
    }
}
