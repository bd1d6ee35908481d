package dev.shedmaster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

    @Property(tries = 200)
    void aShellTakesTheLineApartIntoTheSameWords(@ForAll("commands") List<String> words) throws IOException {
        assertThat(takenApart(ShellWords.line(words))).isEqualTo(words);
    }

    @Provide
    Arbitrary<List<String>> commands() {
        Arbitrary<String> nasty = Arbitraries.of(
                "", " ", "'", "''", "'\\''", "\"", "$HOME", "`id`", "$(id)", "a b", "\n", "\\", "*", "~", "#", "!",
                "-n", ";id", "&", "é", "x=y");
        Arbitrary<String> any = Arbitraries.strings()
                .excludeChars('\0')
                .withChars(" '\"\\$`!#*?[]{}()<>|;&~=%^\n\t\r")
                .alpha()
                .ofMaxLength(12);
        return Arbitraries.oneOf(nasty, any).list().ofMinSize(1).ofMaxSize(6);
    }

    @Test
    void plainWordsStayReadable() {
        assertThat(ShellWords.line(List.of("/opt/shedmaster/shedmaster-host", "stop", "sm-arm-abcdefgh", "a=b")))
                .isEqualTo("/opt/shedmaster/shedmaster-host stop sm-arm-abcdefgh 'a=b'");
    }

    @Test
    void noProgramCanBeGivenANul() {
        assertThatThrownBy(() -> ShellWords.line(List.of("a\0b"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> takenApart(String line) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + line).start();
        shell.getOutputStream().close();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>(List.of(printed.split("\0", -1)));
        assertThat(words.removeLast()).isEmpty();
        return words;
    }
}
