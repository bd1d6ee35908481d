package dev.shedmaster.suite.readme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellBlocksTest {
    private static final String TEXT = """
            Words, and `a command` that is none.

            ```sh
            make run        # everything
            # only a comment

            a --b | d -f -
            ```
            ```
            no shell
            ```
            ```yaml
            key: value
            ```
            ```sh
            last --flag
            ```
            """;

    @Test
    void onlyShellBlocksHaveCommands() {
        assertThat(ShellBlocks.commands(TEXT)).containsExactly("make run", "a --b | d -f -", "last --flag");
    }

    @Test
    void aCommentIsOfItsCommand() {
        assertThat(ShellBlocks.comment(TEXT, "make run")).isEqualTo("everything");
        assertThat(ShellBlocks.comment(TEXT, "last --flag")).isEmpty();
    }
}
