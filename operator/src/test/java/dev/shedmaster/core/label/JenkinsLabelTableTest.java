package dev.shedmaster.core.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the parser of a real Jenkins says of 300 expressions, and ours must too. */
class JenkinsLabelTableTest {
    private static final List<String> ATOMS = List.of("a", "b", "c", "d");

    @TestFactory
    Stream<DynamicTest> everyExpressionIsAsInJenkins() throws IOException {
        return cases().stream()
                .map(expected -> DynamicTest.dynamicTest(
                        "<" + expected.get("e").asText() + ">", () -> assertAsInJenkins(expected)));
    }

    @Test
    void theTableIsWhole() throws IOException {
        assertThat(cases()).hasSize(300);
        assertThat(cases()).filteredOn(c -> !c.get("ok").asBoolean()).hasSize(23);
    }

    private static void assertAsInJenkins(JsonNode expected) throws LabelSyntaxException {
        String text = expected.get("e").asText();
        if (!expected.get("ok").asBoolean()) {
            assertThatThrownBy(() -> LabelExpression.parse(text))
                    .isInstanceOf(LabelSyntaxException.class)
                    .hasMessageStartingWith("at character ");
            return;
        }
        LabelExpression expression = LabelExpression.parse(text);
        assertThat(expression.name()).isEqualTo(expected.get("name").asText());
        assertThat(truth(expression)).isEqualTo(expected.get("truth").asInt());
        assertThat(LabelExpression.parse(expression.print())).isEqualTo(expression);
        assertThat(kind(expression)).isEqualTo(expected.get("cls").asText());
    }

    /** Bit i tells whether a node with the labels that are the bits of i satisfies the expression. */
    private static int truth(LabelExpression expression) {
        int truth = 0;
        for (int i = 0; i < 16; i++) {
            Set<String> labels = new HashSet<>();
            for (int bit = 0; bit < 4; bit++) {
                if ((i & (1 << bit)) != 0) {
                    labels.add(ATOMS.get(bit));
                }
            }
            truth |= expression.matches(labels) ? 1 << i : 0;
        }
        return truth;
    }

    private static String kind(LabelExpression expression) {
        return switch (expression) {
            case LabelExpression.Atom ignored -> "LabelAtom";
            case LabelExpression.Not ignored -> "Not";
            case LabelExpression.Group ignored -> "Paren";
            case LabelExpression.Binary binary ->
                switch (binary.operator()) {
                    case AND -> "And";
                    case OR -> "Or";
                    case IMPLIES -> "Implies";
                    case IFF -> "Iff";
                };
        };
    }

    private static List<JsonNode> cases() throws IOException {
        try (InputStream table = Objects.requireNonNull(
                JenkinsLabelTableTest.class.getResourceAsStream("/jenkins-labels.json"), "the table")) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(table).get("cases").forEach(cases::add);
            return cases;
        }
    }
}
