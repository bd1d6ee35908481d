package dev.shedmaster.core.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequirementTest {
    private static final Set<String> WORKER = Set.of("amd64", "kvm");

    @Test
    void aJobWithoutLabelRunsWhereverNothingIsReserved() {
        Requirement any = new Unlabelled();

        assertThat(any.servedBy(WORKER, false)).isTrue();
        assertThat(any.servedBy(Set.of(), false)).isTrue();
        assertThat(any.servedBy(WORKER, true)).isFalse();
        assertThat(any.describe()).isEqualTo("any label");
        assertThat(any).isEqualTo(new Unlabelled());
    }

    @Test
    void aLabelledJobRunsWhereItsExpressionHoldsReservedOrNot() throws LabelSyntaxException {
        Requirement both = labelled("amd64 && kvm");

        assertThat(both.servedBy(WORKER, false)).isTrue();
        assertThat(both.servedBy(WORKER, true)).isTrue();
        assertThat(both.servedBy(Set.of("amd64"), true)).isFalse();
        assertThat(both.servedBy(Set.of("AMD64", "kvm"), true)).isFalse();
    }

    @Test
    void namesEachPartThatAWorkerLacks() throws LabelSyntaxException {
        assertThat(labelled("amd64 && (kvm && sudo) && gpu").unmetBy(WORKER, true))
                .containsExactly("lacks sudo", "lacks gpu");
        assertThat(labelled("amd64 && !kvm").unmetBy(WORKER, true)).containsExactly("does not satisfy !kvm");
        assertThat(labelled("arm64||gpu").unmetBy(WORKER, true)).containsExactly("does not satisfy arm64||gpu");
        assertThat(labelled("arm64||kvm").unmetBy(WORKER, true)).isEmpty();
        assertThat(new Unlabelled().unmetBy(WORKER, false)).isEmpty();
        assertThat(new Unlabelled().unmetBy(WORKER, true))
                .containsExactly("takes only jobs that name one of its labels");
    }

    @Test
    void requirementsThatReadAlikeAreOne() throws LabelSyntaxException {
        assertThat(labelled("amd64&&kvm"))
                .isEqualTo(labelled("amd64  && kvm"))
                .hasSameHashCodeAs(labelled("amd64 && kvm"))
                .isNotEqualTo(labelled("kvm&&amd64"))
                .isNotEqualTo(new Unlabelled());
        assertThat(labelled("amd64").hashCode()).isNotEqualTo(labelled("arm64").hashCode());
    }

    @Test
    void readsAsTheUserTypedIt() throws LabelSyntaxException {
        Labelled either = labelled("amd64||arm64");

        assertThat(either.describe()).isEqualTo("amd64||arm64");
        assertThat(either.expression().print()).isEqualTo(either.describe());
        assertThat(either).hasToString("Labelled[amd64||arm64]");
    }

    private static Labelled labelled(String expression) throws LabelSyntaxException {
        return new Labelled(LabelExpression.parse(expression));
    }
}
