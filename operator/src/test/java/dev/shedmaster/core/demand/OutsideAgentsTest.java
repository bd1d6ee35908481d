package dev.shedmaster.core.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.shedmaster.core.demand.OutsideAgents.Agent;
import dev.shedmaster.core.demand.OutsideAgents.State;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutsideAgentsTest {
    private final OutsideAgents.Gathering gathering = new OutsideAgents.Gathering();

    private void agent(String name, State state, String... labels) {
        gathering.add(name, Set.of(labels), state);
    }

    private @Nullable String whoCanTake(String expression) throws LabelSyntaxException {
        return gathering
                .done()
                .whoCanTake(new Labelled(LabelExpression.parse(expression)))
                .map(Agent::name)
                .orElse(null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "nobody",
            value = {
                "s390x, z-1",
                "s390x && big, nobody",
                "!s390x, sun-1",
                "z-2, z-2",
                "z-2 && s390x, z-2",
                "z-2 && sparc, nobody",
                "s390x && !z-1, z-2",
                "s390x && !z-1 && !z-2, nobody",
                "z-1 || sparc, z-1",
                "S390X, nobody"
            })
    void labelsAndTheNodesOwnNameAreWhatAJobCanAskFor(String expression, @Nullable String agent)
            throws LabelSyntaxException {
        agent("z-1", State.BUSY, "z-1", "s390x");
        agent("z-2", State.BUSY, "z-2", "s390x");
        agent("sun-1", State.AWAY, "sparc", "sun-1");
        assertThat(whoCanTake(expression)).isEqualTo(agent);
    }

    @Test
    void whoIsHereIsNamedBeforeWhoIsAway() throws LabelSyntaxException {
        agent("a", State.AWAY, "x");
        agent("b", State.BUSY, "x");
        agent("c", State.AWAY, "x", "y");
        assertThat(whoCanTake("x")).isEqualTo("b");
        assertThat(whoCanTake("y")).isEqualTo("c");
    }

    @Test
    void aJobWithoutALabelIsForWhoIsNotKnownToBeReserved() {
        agent("free", State.FREE, "x");
        assertThat(gathering.done().whoCanTake(new Unlabelled()))
                .as("it is free and the job waits: it does not take it")
                .isEmpty();
        agent("away", State.AWAY, "x");
        assertThat(gathering.done().whoCanTake(new Unlabelled())).isEqualTo(Optional.of(new Agent("away", State.AWAY)));
    }

    @Test
    void nobodyTakesNothing() {
        assertThat(OutsideAgents.NONE.whoCanTake(new Unlabelled())).isEmpty();
        assertThat(gathering.done()).isSameAs(OutsideAgents.NONE);
    }

    @Test
    void tenThousandThatAreAlikeAreJudgedOnce() throws LabelSyntaxException {
        for (int i = 0; i < 10_000; i++) {
            agent("agent-" + i, State.BUSY, "amd64", "kvm", "agent-" + i);
        }
        OutsideAgents agents = gathering.done();
        assertThat(agents.groups()).hasSize(1);
        Requirement never = new Labelled(LabelExpression.parse("amd64 && kvm && gpu && !agent-7"));
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 10_000; i++) {
                assertThat(agents.whoCanTake(never).isPresent()).isFalse();
            }
        });
    }
}
