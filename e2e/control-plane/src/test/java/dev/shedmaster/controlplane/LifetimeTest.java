package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifetimeTest {

    private final List<String> ended = new ArrayList<>();

    @Test
    void endsTheLatestFirstAndOnce() {
        Lifetime lifetime = Lifetime.begin();
        lifetime.atEnd(() -> ended.add("first"));
        lifetime.atEnd(() -> ended.add("second"));
        lifetime.close();
        lifetime.close();
        assertThat(ended).containsExactly("second", "first");
    }

    @Test
    void whatComesTooLateEndsAtOnce() {
        Lifetime lifetime = Lifetime.begin();
        lifetime.close();
        lifetime.atEnd(() -> ended.add("late"));
        assertThat(ended).containsExactly("late");
    }

    @Test
    void anEndThatFailsKeepsNoOther() {
        Lifetime lifetime = Lifetime.begin();
        lifetime.atEnd(() -> ended.add("first"));
        lifetime.atEnd(() -> {
            throw new IllegalStateException("stuck");
        });
        assertThatThrownBy(lifetime::close).hasMessage("stuck");
        assertThat(ended).containsExactly("first");
    }
}
