package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnchorNodeTest {
    private static boolean isOurs(String description) {
        return AnchorNode.isOurs(new Computer(
                AnchorNode.NAME,
                description,
                false,
                false,
                true,
                "",
                Set.of(AnchorNode.NAME),
                0,
                0,
                List.of(),
                Set.of(),
                0));
    }

    @Test
    void notesOfPeopleTakeNothingFromItsMark() {
        assertThat(isOurs("[shedmaster anchor] - do not delete, Bob")).isTrue();
        assertThat(isOurs("a person's node of that name")).isFalse();
    }
}
