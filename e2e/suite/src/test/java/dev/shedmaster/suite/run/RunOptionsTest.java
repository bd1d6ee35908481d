package dev.shedmaster.suite.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOptionsTest {

    @Test
    void withoutOptionsTheBusiestNightIsPlayedAndNeverEndsByItself() throws Exception {
        assertThat(RunOptions.parse(List.of()))
                .isEqualTo(new RunOptions(false, 150, Optional.empty(), Integer.MAX_VALUE, 1, false, false));
    }

    @Test
    void eachOptionSetsItsOwn() throws Exception {
        assertThat(RunOptions.parse(List.of(
                        "--once",
                        "--speed=90.5",
                        "--evening=2026-03-10",
                        "--builds=2",
                        "--seed=-7",
                        "--host=real",
                        "--help")))
                .isEqualTo(new RunOptions(true, 90.5, Optional.of(LocalDate.of(2026, 3, 10)), 2, -7, true, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --speed=fast           | --speed takes a number from 1 to 3600, not 'fast'
            --speed=0.5            | --speed takes a number from 1 to 3600, not '0.5'
            --speed=NaN            | --speed takes a number from 1 to 3600, not 'NaN'
            --speed=3601           | --speed takes a number from 1 to 3600, not '3601'
            --speed                | --speed needs a value: write --speed=VALUE
            --evening=tomorrow     | --evening takes a day from 2025-08-22 to 2026-08-21, not 'tomorrow'
            --evening=2024-01-01   | --evening takes a day from 2025-08-22 to 2026-08-21, not '2024-01-01'
            --builds=0             | --builds takes a whole number from 1 on, not '0'
            --builds=two           | --builds takes a whole number from 1 on, not 'two'
            --seed=x               | --seed takes a whole number, not 'x'
            --host=fast            | --host takes light or real, not 'fast'
            --host                 | --host needs a value: write --host=VALUE
            --once=yes             | --once takes no value
            --fast                 | unknown option '--fast'; --help lists those that there are
            --fast=1               | unknown option '--fast'; --help lists those that there are
            """)
    void whatCannotBeObeyedIsRefusedInOneLine(String argument, String message) {
        assertThatThrownBy(() -> RunOptions.parse(List.of("--once", argument)))
                .isInstanceOf(RunOptions.BadOption.class)
                .hasMessage(message);
    }

    @Test
    void theBusiestNightHasSixBuildsAndTheFirstTwoAreTheFirstTwoOfThem() throws Exception {
        Night whole = Night.chosen(RunOptions.defaults());
        Night part = Night.chosen(RunOptions.parse(List.of("--builds=2")));

        assertThat(whole.replay().builds()).hasSize(6);
        assertThat(part.replay().builds()).isEqualTo(whole.replay().builds().subList(0, 2));
    }

    @Test
    void anEveningOnWhichNothingWasBuiltIsRefused() {
        assertThatThrownBy(() -> Night.chosen(RunOptions.parse(List.of("--evening=2026-03-14"))))
                .isInstanceOf(RunOptions.BadOption.class)
                .hasMessage("--evening: nothing was built in the night of 2026-03-14; choose a working day");
    }
}
