package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences of reference jenkins.md, section 1.3. */
class WhyTest {

    static Stream<Arguments> sentences() {
        return Stream.of(
                Arguments.of("Waiting for next available executor", new Why.ForAnyExecutor()),
                Arguments.of("Jenkins is about to shut down", new Why.ForRestart()),
                Arguments.of(
                        "Waiting for next available executor on ‘arm64&&kvm’", new Why.ForExecutorOn("arm64&&kvm")),
                Arguments.of("There are no nodes with the label ‘arm64&&kvm’", new Why.ForLabel("arm64&&kvm")),
                Arguments.of("All nodes of label ‘a||b’ are offline", new Why.ForLabel("a||b")),
                Arguments.of("‘arm-3’ is offline", new Why.ForNode("arm-3")),
                Arguments.of("‘Jenkins’ doesn’t have label ‘arm64&&kvm’", lacks("arm64&&kvm")),
                // A label may hold the closing quote, and what looks like the end of another sentence.
                Arguments.of("There are no nodes with the label ‘it’s’", new Why.ForLabel("it’s")),
                Arguments.of("All nodes of label ‘a’ are offline’ are offline", new Why.ForLabel("a’ are offline")),
                Arguments.of("Waiting for next available executor on ‘‘q’’", new Why.ForExecutorOn("‘q’")),
                Arguments.of("There are no nodes with the label ‘a; b’", new Why.ForLabel("a; b")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sentences")
    void everySentenceIsUnderstood(String sentence, Why meaning) {
        assertThat(Why.read(sentence)).isEqualTo(meaning);
    }

    @Test
    void refusalsOfSeveralNodesAreTakenApart() {
        assertThat(Why.read("‘Built-In Node’ doesn’t have label ‘kvm’; ‘a-1’ is not accepting tasks;"
                        + " ‘shedmaster-anchor’ doesn’t have label ‘kvm’; ... and 12 more"))
                .isEqualTo(lacks("kvm"));
        assertThat(Why.read("‘a-1’ is reserved for jobs with matching label expression;"
                        + " ‘a-2’ is reserved for jobs with matching label expression"))
                .isEqualTo(new Why.Refused(Set.of(), true, false, List.of()));
        assertThat(Why.read("‘alice’ lacks permission to run on ‘a-1’; ‘b’ doesn’t have label ‘kvm’"))
                .isEqualTo(new Why.Refused(Set.of("kvm"), false, true, List.of()));
    }

    @Test
    void aLabelWithTheSeparatorStaysWhole() {
        assertThat(Why.read("‘x’ doesn’t have label ‘a; b’; ‘y’ doesn’t have label ‘a; b’"))
                .isEqualTo(lacks("a; b"));
    }

    @Test
    void wordsOfPluginsAreKeptAsUnknown() {
        assertThat(Why.read("Already running 2 builds on node; ‘y’ doesn’t have label ‘kvm’"))
                .isEqualTo(new Why.Refused(Set.of("kvm"), false, false, List.of("Already running 2 builds on node")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Es gibt keine Knoten mit dem Label ‘kvm’",
                "???",
                "There are no nodes with the label ‘’",
                "‘’ is offline",
                "There are no nodes with the label 'kvm'",
            })
    void otherSentencesAreNotGuessedAt(String sentence) {
        assertThat(Why.read(sentence)).isEqualTo(new Why.Refused(Set.of(), false, false, List.of(sentence)));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void noSentenceSaysNothing(@Nullable String sentence) {
        assertThat(Why.read(sentence)).isEqualTo(new Why.Refused(Set.of(), false, false, List.of("")));
    }

    @Test
    void hostileSentencesCostLittle() {
        String endless = "‘x’ doesn’t have label ‘y; ".repeat(100_000);
        assertThat(Why.read(endless)).isInstanceOf(Why.Refused.class);
        assertThat(Why.read("a; ".repeat(5000))).isInstanceOf(Why.Refused.class);
    }

    private static Why lacks(String label) {
        return new Why.Refused(Set.of(label), false, false, List.of());
    }
}
