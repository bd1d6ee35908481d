package dev.shedmaster.lab.jenkins.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelExpressionTest {
    private static final List<String> ATOMS = List.of("a", "b", "c", "d");

    static Stream<JsonNode> recordedCases() throws Exception {
        try (InputStream stream =
                LabelExpressionTest.class.getResourceAsStream("/dev/shedmaster/lab/jenkins/jenkins-labels.json")) {
            JsonNode cases = new ObjectMapper().readTree(stream).get("cases");
            return StreamSupport.stream(cases.spliterator(), false).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordedCases")
    void saysWhatTheRealParserSays(JsonNode recorded) throws Exception {
        String text = recorded.get("e").asText();
        if (!recorded.get("ok").asBoolean()) {
            assertThatThrownBy(() -> LabelExpression.parse(text)).isInstanceOf(LabelSyntaxException.class);
            assertThat(LabelExpression.of(text)).isEqualTo(new LabelExpression.Atom(text));
            return;
        }
        LabelExpression parsed = LabelExpression.parse(text);
        assertThat(parsed.printed()).isEqualTo(recorded.get("name").asText());
        assertThat(parsed.exportedClass()).endsWith(recorded.get("cls").asText());
        assertThat(truthTable(parsed)).isEqualTo(recorded.get("truth").asInt());
    }

    private static int truthTable(LabelExpression expression) {
        int table = 0;
        for (int row = 0; row < 16; row++) {
            Set<String> labels = new HashSet<>();
            for (int atom = 0; atom < ATOMS.size(); atom++) {
                if ((row >> atom & 1) == 1) {
                    labels.add(ATOMS.get(atom));
                }
            }
            table |= expression.matches(labels) ? 1 << row : 0;
        }
        return table;
    }

    @Test
    void everyRecordedCaseIsThere() throws Exception {
        assertThat(recordedCases()).hasSize(300);
    }

    @Test
    void hostileNestingIsRefusedNotFollowed() {
        assertThatThrownBy(() -> LabelExpression.parse("(".repeat(100_000)))
                .isInstanceOf(LabelSyntaxException.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void aNodesLabelsAreSeparatedByBlanksUnlessQuoted() {
        assertThat(NodeLabels.of("  amd64\tkvm \"two words\" 'x y'  "))
                .containsExactly("amd64", "kvm", "two words", "x y");
        assertThat(NodeLabels.of("")).isEmpty();
    }
}
