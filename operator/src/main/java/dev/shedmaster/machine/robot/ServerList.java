package dev.shedmaster.machine.robot;

import dev.shedmaster.port.DedicatedServers.DedicatedServer;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The list of all servers, read once for all who ask about one of them. */
final class ServerList {
    static final Duration HOLDS = Duration.ofMinutes(5);

    /** A server that is not in the list may have been rented since; one that never comes must not have it read each time. */
    static final Duration MISSED_AGAIN_AFTER = Duration.ofMinutes(1);

    /** Those who waited for a reading that failed do not each try it again. */
    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(5);

    private record Read(Outcome<List<DedicatedServer>> answer, Instant at) {
        boolean isYoungerThan(Duration age, Instant now) {
            return at.plus(age).isAfter(now);
        }
    }

    private final Supplier<Outcome<List<DedicatedServer>>> reading;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Read last;

    ServerList(Supplier<Outcome<List<DedicatedServer>>> reading, InstantSource clock) {
        this.reading = reading;
        this.clock = clock;
    }

    Outcome<List<DedicatedServer>> all() {
        return notOlderThan(HOLDS);
    }

    /** The server of that number; empty if the account has none. */
    Outcome<Optional<DedicatedServer>> find(int number) {
        return all().map(servers -> of(servers, number))
                .then(found -> found.isPresent()
                        ? Outcome.done(found)
                        : notOlderThan(MISSED_AGAIN_AFTER).map(servers -> of(servers, number)));
    }

    /** What was read is no longer so. */
    void forget() {
        lock.lock();
        try {
            last = null;
        } finally {
            lock.unlock();
        }
    }

    private Outcome<List<DedicatedServer>> notOlderThan(Duration age) {
        lock.lock();
        try {
            Instant now = clock.instant();
            Read known = last;
            if (known != null
                    && known.isYoungerThan(known.answer() instanceof Outcome.Done ? age : FAILURE_HOLDS, now)) {
                return known.answer();
            }
            Outcome<List<DedicatedServer>> answer = reading.get();
            last = new Read(answer, clock.instant());
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private static Optional<DedicatedServer> of(List<DedicatedServer> servers, int number) {
        return servers.stream().filter(server -> server.number() == number).findFirst();
    }
}
