package dev.shedmaster.core.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.label.LabelExpression.Atom;
import dev.shedmaster.core.label.LabelExpression.Binary;
import dev.shedmaster.core.label.LabelExpression.Group;
import dev.shedmaster.core.label.LabelExpression.Not;
import dev.shedmaster.core.label.LabelExpression.Operator;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LabelExpressionProperties {

    @Property
    void whatIsPrintedParsesToTheSame(@ForAll("expressions") LabelExpression expression) throws LabelSyntaxException {
        LabelExpression again = LabelExpression.parse(expression.print());
        assertThat(again).isEqualTo(expression);
        assertThat(again.print()).isEqualTo(expression.print());
    }

    @Property
    void anyLabelCanBeQuoted(@ForAll String label) throws LabelSyntaxException {
        assertThat(LabelExpression.parse(new Atom(label).print())).isEqualTo(new Atom(label));
    }

    @Property
    void whiteSpaceBetweenTokensMeansNothing(@ForAll("plainExpressions") LabelExpression expression)
            throws LabelSyntaxException {
        String spaced = " " + expression.print().replaceAll("(&&|\\|\\||<->|(?<!<)->|[()!])", " $1\t") + "  ";
        assertThat(LabelExpression.parse(spaced)).isEqualTo(expression);
    }

    @Property
    void anyTextIsParsedOrRefusedButNothingElse(@ForAll("tokenSoup") String text) {
        try {
            LabelExpression expression = LabelExpression.parse(text);
            assertThat(expression.matches(Set.of("a"))).isIn(true, false);
        } catch (LabelSyntaxException e) {
            assertThat(e.position()).isBetween(0, text.length());
        }
    }

    @Property
    void jobsAreServedByTheMeaningOfTheOperators(
            @ForAll("expressions") LabelExpression left,
            @ForAll("expressions") LabelExpression right,
            @ForAll Set<@From("plainLabels") String> labels) {
        LabelExpression l = new Group(left);
        LabelExpression r = new Group(right);
        boolean a = left.matches(labels);
        boolean b = right.matches(labels);
        assertThat(new Binary(Operator.AND, l, r).matches(labels)).isEqualTo(a && b);
        assertThat(new Binary(Operator.OR, l, r).matches(labels)).isEqualTo(a || b);
        assertThat(new Binary(Operator.IMPLIES, l, r).matches(labels)).isEqualTo(!a || b);
        assertThat(new Binary(Operator.IFF, l, r).matches(labels)).isEqualTo(a == b);
        assertThat(new Not(l).matches(labels)).isEqualTo(!a);
    }

    @Provide
    Arbitrary<LabelExpression> expressions() {
        return trees(Arbitraries.oneOf(plainLabels(), oddLabels()));
    }

    @Provide
    Arbitrary<LabelExpression> plainExpressions() {
        return trees(Arbitraries.of("a", "b", "amd64", "kvm"));
    }

    /** Trees of the shapes that the grammar knows: an operand that binds less tightly stands in parentheses. */
    private Arbitrary<LabelExpression> trees(Arbitrary<String> labels) {
        Arbitrary<LabelExpression> atoms = labels.map(Atom::new);
        return Arbitraries.lazyOf(
                () -> atoms,
                () -> atoms,
                () -> trees(labels).map(this::operand).map(Not::new),
                () -> Combinators.combine(Arbitraries.of(Operator.class), trees(labels), trees(labels))
                        .as((operator, left, right) -> new Binary(operator, operand(left), operand(right))));
    }

    private LabelExpression operand(LabelExpression expression) {
        return expression instanceof Atom ? expression : new Group(expression);
    }

    @Provide
    Arbitrary<String> plainLabels() {
        return Arbitraries.of("a", "b", "amd64", "arm64", "kvm", "jdk-17", "a-", "-b", "x:y");
    }

    private Arbitrary<String> oddLabels() {
        return Arbitraries.strings().withChars("a -><&|!()\"'\\\t\n\r‘’ä").ofMaxLength(6);
    }

    @Provide
    Arbitrary<String> tokenSoup() {
        return Arbitraries.of(
                        "a", "b", "&&", "||", "!", "(", ")", "->", "<->", "-", "<", ">", "&", "\"", "\\", " ", "\t",
                        "'", "\n")
                .list()
                .ofMaxSize(24)
                .map(tokens -> String.join("", tokens));
    }
}
