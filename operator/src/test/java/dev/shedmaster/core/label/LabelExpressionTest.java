package dev.shedmaster.core.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelExpressionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-",
                "-a",
                "x=1",
                "a:b",
                "a/b",
                "a@b",
                "a%20b",
                "a,b",
                "a+b",
                "ä",
                "linux-amd64",
                "jdk_17",
                "a\nb"
            })
    void whatJenkinsTakesForOneLabelIsOne(String text) throws LabelSyntaxException {
        assertThat(LabelExpression.parse(text)).isEqualTo(new LabelExpression.Atom(text));
    }

    @Test
    void aDashBelongsToTheLabelUnlessItBeginsAnArrow() throws LabelSyntaxException {
        assertThat(LabelExpression.parse("a-->b").matches(Set.of("a-"))).isFalse();
        assertThat(LabelExpression.parse("a-->b").matches(Set.of("a-", "b"))).isTrue();
        assertThat(LabelExpression.parse("a->-b").matches(Set.of("a", "-b"))).isTrue();
        assertThat(LabelExpression.parse("a->-b").matches(Set.of("a", "b"))).isFalse();
    }

    @Test
    void everyLabelThatItNamesIsTold() throws LabelSyntaxException {
        assertThat(LabelExpression.parse("a && !(b || \"c d\") -> a <-> e").atoms())
                .containsExactlyInAnyOrder("a", "b", "c d", "e");
    }

    @Test
    void quotesHoldWhatALabelCouldNotHoldOtherwise() throws LabelSyntaxException {
        assertThat(LabelExpression.parse("\"a b\" && !\"c\\\"d\\\\\\t\"").matches(Set.of("a b")))
                .isTrue();
        assertThat(LabelExpression.parse("\"a b\" && !\"c\\\"d\\\\\\t\"").matches(Set.of("a b", "c\"d\\\t")))
                .isFalse();
        assertThat(LabelExpression.parse("\"a b\"").name()).isEqualTo("a b");
        assertThat(LabelExpression.parse("\"a b\"").print()).isEqualTo("\"a b\"");
        assertThat(LabelExpression.parse("\"a-\"->b").print()).isEqualTo("\"a-\"->b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\nb\"", "\"a\rb\"", "\"a", "\"a\\", "\"a\\x\"", "\"", "'a'"})
    void quotesAreAsStrictAsInJenkins(String text) {
        assertThatThrownBy(() -> LabelExpression.parse(text)).isInstanceOf(LabelSyntaxException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a &&;4;the end of the expression",
                "a b;2;a label 'b'",
                "a & b;2;'&' is not expected here",
                "a->b->c;4;use parentheses",
                "!!a;1;write !(!a)",
                "(a;2;opened at character 1 is not closed",
                "a);1;')'",
                "();1;')'",
                "\"a;0;never closed",
                "a&&\"\\q\";4;is not an escape",
            })
    void theErrorTellsWhereAndWhat(String text, int position, String problem) {
        LabelSyntaxException error =
                catchThrowableOfType(LabelSyntaxException.class, () -> LabelExpression.parse(text));
        assertThat(error).hasMessageContaining(problem).hasMessageStartingWith("at character " + (position + 1) + ":");
        assertThat(error.position()).isEqualTo(position);
    }

    @Test
    void matchingIsExactAndMindsCase() throws LabelSyntaxException {
        LabelExpression expression = LabelExpression.parse("Linux");
        assertThat(expression.matches(Set.of("linux"))).isFalse();
        assertThat(expression.matches(Set.of("Linux"))).isTrue();
        assertThat(expression.matches(Set.of("Linux2"))).isFalse();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("100 kB of one label", "a".repeat(100_000)),
                Arguments.of("100 kB of parentheses", "(".repeat(100_000)),
                Arguments.of("pairs of parentheses, deep", "(".repeat(4000) + "a" + ")".repeat(4000)),
                Arguments.of("negated groups, deep", "!(".repeat(2000) + "a" + ")".repeat(2000)),
                Arguments.of("a chain of and", "a&&".repeat(2000) + "a"),
                Arguments.of("a chain of iff", "a<->".repeat(1500) + "a"),
                Arguments.of("100 kB of a chain", "a||".repeat(33_000) + "a"),
                Arguments.of("an open quote", "\"" + "b".repeat(100_000)),
                Arguments.of("100 kB of nots", "!".repeat(100_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void hostileTextsAreRefusedAtOnce(String description, String text) {
        Assertions.assertTimeout(
                Duration.ofSeconds(1),
                () -> assertThatThrownBy(() -> LabelExpression.parse(text))
                        .as(description)
                        .isInstanceOf(LabelSyntaxException.class));
    }

    @Test
    void theLongestTextAndManyGroupsSideBySideAreWithinTheBounds() {
        assertThat(parsed("a".repeat(LabelParser.MAX_LENGTH)).matches(Set.of("a")))
                .isFalse();
        assertThat(parsed("(a)&&".repeat(2 * LabelParser.MAX_DEPTH) + "a").matches(Set.of("a")))
                .isTrue();
    }

    @Test
    void whatIsJustWithinTheBoundsWorksOnHalfTheUsualStack() throws InterruptedException {
        String deep = "!(".repeat(LabelParser.MAX_DEPTH) + "a" + ")".repeat(LabelParser.MAX_DEPTH);
        String wide = "a&&".repeat(LabelParser.MAX_OPERATORS) + "a";
        boolean[] matched = new boolean[2];
        Thread small = new Thread(
                null,
                () -> {
                    matched[0] = parsed(deep).matches(Set.of("a"));
                    matched[1] = parsed(parsed(wide).print()).matches(Set.of("a"));
                },
                "small stack",
                512 * 1024);
        small.start();
        small.join();
        assertThat(matched).containsExactly(true, true);
    }

    private static LabelExpression parsed(String text) {
        try {
            return LabelExpression.parse(text);
        } catch (LabelSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
