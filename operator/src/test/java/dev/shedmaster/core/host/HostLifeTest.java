package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.HostLife.Installed;
import dev.shedmaster.core.host.HostLife.Need;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostLifeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final HostLife NEW = HostLife.registered(NOW);

    private static HostWish wish(String generation, Set<String> hostKeys) {
        return new HostWish(
                "t1 ci/host",
                generation,
                new HostWish.Expected("arm64", 1, 1),
                new DiskHint("spec.rootDisk", null, null, 0, OptionalInt.empty()),
                Optional.empty(),
                false,
                null,
                null,
                null,
                NOW,
                hostKeys);
    }

    @Test
    void onlyWhatIsReadyServes() {
        assertThat(new HostState.Ready().serves()).isTrue();
        assertThat(new HostState.Checking("it is new").serves()).isFalse();
    }

    @Test
    void theKeysOfAHostThatOthersInstallAreThosePersonsGive() {
        HostLife known = NEW.having(new Installed("", Set.of("K1"), "b1"));

        assertThat(known.knownBy(wish("", Set.of("K2"))).installed()).isEqualTo(new Installed("", Set.of("K2"), "b1"));
        assertThat(known.knownBy(wish("", Set.of("K1")))).isSameAs(known);
        assertThat(known.knownBy(wish("g1", Set.of()))).isSameAs(known);
    }

    @Test
    void whatIsLeftAloneIsNotLookedAt() {
        assertThat(NEW.entering(new HostState.Maintenance(), NOW).needs()).isEmpty();
        assertThat(quarantined(TroubleKind.DISK_BROKEN).needs()).isEmpty();
        assertThat(quarantined(TroubleKind.UNREACHABLE).needs()).containsExactly(Need.SHELL);
        assertThat(quarantined(TroubleKind.HOST_KEY_CHANGED).needs()).containsExactly(Need.SHELL);
    }

    private static HostLife quarantined(TroubleKind kind) {
        return NEW.entering(new HostState.Quarantined(new Trouble(kind, "it is wrong")), NOW);
    }
}
