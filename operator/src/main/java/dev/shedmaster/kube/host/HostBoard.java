package dev.shedmaster.kube.host;

import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.HostReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Where it is told of all hosts what those need to know who run workers on them. */
public final class HostBoard {
    private final Map<String, HostCard> cards = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    public Collection<HostCard> hosts() {
        return List.copyOf(cards.values());
    }

    /**
     * What is known of a host.
     *
     * @param host {@code namespace/name}
     */
    public Optional<HostCard> find(String host) {
        return Optional.ofNullable(cards.get(host));
    }

    /** Is told of each host of which something new is known, by its {@code namespace/name}. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    void put(HostCard card) {
        if (!card.equals(cards.put(card.host(), card))) {
            listeners.forEach(listener -> listener.accept(card.host()));
        }
    }

    /** Its system has told something, or failed to. */
    void heard(String host, Reading<HostReport> reading) {
        if (cards.computeIfPresent(host, (name, card) -> card.hearing(reading)) != null) {
            listeners.forEach(listener -> listener.accept(host));
        }
    }

    void remove(String host) {
        if (cards.remove(host) != null) {
            listeners.forEach(listener -> listener.accept(host));
        }
    }
}
