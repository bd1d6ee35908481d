package dev.shedmaster.kube.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one kind, by the {@code namespace/name} of the object that describes each. A connection is
 * opened anew when its description changes, a credential's content included.
 */
public final class Connections<C extends AutoCloseable> implements AutoCloseable {
    private record Open<C>(
            Object description, C connection, @Nullable Instant unfoundedSince) {}

    private final Map<String, Open<C>> open = new ConcurrentHashMap<>();

    /** The connection of that object, if it could be opened so far. */
    public Optional<C> find(String name) {
        return Optional.ofNullable(open.get(name)).map(Open::connection);
    }

    /** What is connected now. */
    public Set<String> names() {
        return Set.copyOf(open.keySet());
    }

    public void forEach(BiConsumer<String, C> action) {
        open.forEach((name, known) -> action.accept(name, known.connection));
    }

    /**
     * The connection that fits the description, opened if there is none or only one of another description.
     *
     * @param description everything that the connection depends on, with a meaningful {@code equals}
     */
    public C ensure(String name, Object description, Supplier<C> opening) {
        Open<C> before = open.get(name);
        if (before != null && before.description.equals(description)) {
            open.replace(name, before, new Open<>(description, before.connection, null));
            return before.connection;
        }
        C connection = opening.get();
        open.put(name, new Open<>(description, connection, null));
        if (before != null) {
            close(before.connection);
        }
        return connection;
    }

    /**
     * To be called at each look that finds that what the connection was opened with does not exist any more: drops it when
     * looks have found so for that long.
     */
    public void dropAfter(String name, Duration grace, Instant now) {
        Open<C> before = open.get(name);
        if (before == null) {
            return;
        }
        Instant since = before.unfoundedSince == null ? now : before.unfoundedSince;
        if (now.isBefore(since.plus(grace))) {
            open.replace(name, before, new Open<>(before.description, before.connection, since));
        } else {
            drop(name);
        }
    }

    public void drop(String name) {
        Open<C> before = open.remove(name);
        if (before != null) {
            close(before.connection);
        }
    }

    @Override
    public void close() {
        for (String name : open.keySet()) {
            drop(name);
        }
    }

    private void close(C connection) {
        try {
            connection.close();
        } catch (Exception e) {
            throw new IllegalStateException("a connection does not close", e);
        }
    }
}
