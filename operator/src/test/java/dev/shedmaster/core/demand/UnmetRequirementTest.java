package dev.shedmaster.core.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnmetRequirementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "amd64 && kvm; amd64,kvm; ''",
                "amd64 && kvm; amd64; lacks kvm",
                "amd64 && (kvm && gpu); arm64; lacks amd64|lacks kvm|lacks gpu",
                "amd64 && !kvm; amd64,kvm; does not satisfy !kvm",
                "kvm || nested; amd64; does not satisfy kvm||nested",
                "(amd64); arm64; lacks amd64",
                "kvm -> big; kvm; does not satisfy kvm->big"
            })
    void namesEachPartThatDoesNotHold(String asked, String labels, String unmet) throws LabelSyntaxException {
        Requirement requirement = new Labelled(LabelExpression.parse(asked));
        assertThat(String.join("|", requirement.unmetBy(Set.of(labels.split(",")), false)))
                .isEqualTo(unmet);
    }

    @Test
    void whoAsksForNothingLacksOnlyAnOpenWorker() {
        assertThat(new Unlabelled().unmetBy(Set.of("a"), false)).isEmpty();
        assertThat(new Unlabelled().unmetBy(Set.of("a"), true))
                .containsExactly("takes only jobs that name one of its labels");
    }
}
