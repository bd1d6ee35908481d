package dev.shedmaster.controlplane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What must be ended when a control plane is closed, or with the JVM where nobody does: the latest first, and once. */
final class Lifetime implements AutoCloseable {

    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::endAll, "control-plane-end");
    private boolean over;

    private Lifetime() {}

    static Lifetime begin() {
        Lifetime lifetime = new Lifetime();
        Runtime.getRuntime().addShutdownHook(lifetime.atExit);
        return lifetime;
    }

    /** Has something ended before all that was named until now; at once if the JVM has begun to end meanwhile. */
    synchronized void atEnd(Runnable end) {
        if (over) {
            end.run();
        } else {
            ends.push(end);
        }
    }

    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, and the hook with it
        }
    }

    /** One end that fails keeps none of the others from being tried. */
    private synchronized void endAll() {
        over = true;
        List<RuntimeException> failures = new ArrayList<>();
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }
}
