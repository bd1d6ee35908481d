package dev.shedmaster.machine.azure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks many things at once, each on a virtual thread; the request budget sets the pace. */
final class FanOut {
    private FanOut() {}

    /** The answer for each item, in the items' order. Interrupted, it ends early with what there is. */
    static <T, R> Map<T, R> map(Collection<T> items, Function<T, R> ask) {
        Map<T, R> answers = new LinkedHashMap<>();
        if (items.isEmpty()) {
            return answers;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<T, Future<R>> asked = new LinkedHashMap<>();
            items.forEach(item -> asked.put(item, threads.submit(() -> ask.apply(item))));
            for (Map.Entry<T, Future<R>> entry : asked.entrySet()) {
                answers.put(entry.getKey(), entry.getValue().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call that answers with values has thrown", e.getCause());
        }
        return answers;
    }
}
