package dev.shedmaster.kube.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final List<String> closed = new ArrayList<>();
    private final Connections<Connection> connections = new Connections<>();

    private record Connection(String name, List<String> closings) implements AutoCloseable {
        @Override
        public void close() {
            closings.add(name);
        }
    }

    private Connection open(String name) {
        return new Connection(name, closed);
    }

    @Test
    void isKeptWhileItsDescriptionStaysTheSame() {
        Connection first = connections.ensure("ci/a", "secret 1", () -> open("first"));
        Connection again = connections.ensure("ci/a", "secret 1", () -> open("second"));

        assertThat(again).isSameAs(first);
        assertThat(closed).isEmpty();
    }

    @Test
    void isOpenedAnewWhenItsDescriptionChangesAndTheOldOneIsClosed() {
        connections.ensure("ci/a", "secret 1", () -> open("first"));
        connections.ensure("ci/a", "secret 2", () -> open("second"));

        assertThat(connections.find("ci/a")).contains(open("second"));
        assertThat(closed).containsExactly("first");
    }

    @Test
    void stayWithTheOldOneWhenTheNewCannotBeOpened() {
        connections.ensure("ci/a", "secret 1", () -> open("first"));
        try {
            connections.ensure("ci/a", "secret 2", () -> {
                throw new IllegalArgumentException("token: must not be empty");
            });
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("token");
        }

        assertThat(connections.find("ci/a")).contains(open("first"));
        assertThat(closed).isEmpty();
    }

    @Test
    void isDroppedWhenWhatItWasOpenedWithStaysAway() {
        connections.ensure("ci/a", "secret 1", () -> open("first"));
        connections.dropAfter("ci/a", TEN_SECONDS, NINE);
        connections.dropAfter("ci/a", TEN_SECONDS, NINE.plusSeconds(9));
        assertThat(connections.find("ci/a")).contains(open("first"));

        connections.dropAfter("ci/a", TEN_SECONDS, NINE.plusSeconds(10));

        assertThat(connections.find("ci/a")).isEmpty();
        assertThat(closed).containsExactly("first");
    }

    @Test
    void isKeptWhenWhatItWasOpenedWithComesBackInTime() {
        connections.ensure("ci/a", "secret 1", () -> open("first"));
        connections.dropAfter("ci/a", TEN_SECONDS, NINE);
        connections.ensure("ci/a", "secret 1", () -> open("second"));

        connections.dropAfter("ci/a", TEN_SECONDS, NINE.plusSeconds(60));

        assertThat(connections.find("ci/a")).contains(open("first"));
        assertThat(closed).isEmpty();
    }

    @Test
    void areAllClosedTogether() {
        connections.ensure("ci/a", 1, () -> open("a"));
        connections.ensure("ci/b", 1, () -> open("b"));

        connections.close();

        assertThat(closed).containsExactlyInAnyOrder("a", "b");
        assertThat(connections.find("ci/a")).isEmpty();
    }
}
