package dev.shedmaster.kube;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets those who notice a change tell those who act on it, who are made later. */
final class Signal implements Runnable {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void connect(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void run() {
        listeners.forEach(Runnable::run);
    }
}
