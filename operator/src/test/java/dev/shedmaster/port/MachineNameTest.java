package dev.shedmaster.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineNameTest {
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void whatIsMadeCanBeRead() {
        for (int i = 0; i < 1_000; i++) {
            MachineName made = MachineName.fresh("amd64-kvm", random);
            assertThat(made.toString()).matches("sm-amd64-kvm-[a-z2-7]{8}");
            assertThat(MachineName.parse(made.toString())).contains(made);
            assertThat(MachineName.marks(made.toString())).isTrue();
            assertThat(MachineName.marks(made + "-nic")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.b.c",
                "with-a-name-that-is-just-so-long-that-it-has-to-be-cut-somewhere",
                "cut-right-behind-a-dash-aaaaaaaaaaaaaaaaaaaaaaaaaa--bbbbbbbbbbbbbbb"
            })
    void everyPoolNameGivesAHostNameThatFits(String pool) {
        String made = MachineName.fresh(pool, random).toString();
        assertThat(made).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9-]+");
        assertThat(MachineName.parse(made)).isPresent();
    }

    @Test
    void azureTellsNamesInAnyCase() {
        assertThat(MachineName.parse("SM-Pool-ABCDEFGH")).contains(new MachineName("pool", "abcdefgh"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sm-",
                "sm--abcdefgh",
                "sm-pool",
                "sm-pool-abcdefg",
                "sm-pool-abcdefg1",
                "sm-pool-abcdefghi",
                "xsm-pool-abcdefgh",
                "kola-cluster-abcdefgh",
                "sm-pool_x-abcdefgh",
                "sm-pool-abcdefgh\n"
            })
    void whatIsNotOursIsNotTaken(String name) {
        assertThat(MachineName.parse(name)).isEmpty();
        assertThat(MachineName.marks(name)).isFalse();
    }

    @Test
    void anInterfaceIsMarkedByItsMachineAndNothingElse() {
        assertThat(MachineName.marks("sm-pool-abcdefgh-nic_0f3c")).isTrue();
        assertThat(MachineName.marks("sm-pool-abcdefghnic")).isFalse();
        assertThat(MachineName.marks("old-sm-pool-abcdefgh-nic")).isFalse();
    }

    @Test
    void aNameOutsideThePatternCannotBeBuilt() {
        assertThatThrownBy(() -> new MachineName("Pool", "abcdefgh"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sm-Pool-abcdefgh");
    }
}
