package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.controlplane.ControlPlaneSource.Available;
import dev.shedmaster.controlplane.ControlPlaneSource.Offer;
import dev.shedmaster.controlplane.ControlPlaneSource.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceChainTest {

    private final List<String> log = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @Test
    void asksInTheOrderThatCostsTheUserLeast() {
        assertThat(SourceChain.of(ControlPlane.Options.defaults()).sources())
                .extracting(ControlPlaneSource::name)
                .containsExactly(
                        "the user's own cluster",
                        "K3s in Docker",
                        "ready binaries",
                        "a download",
                        "a build from Go modules");
    }

    @Test
    void theFirstThatHasOneGivesItAndEachBeforeSaysWhyNotInOneLine() {
        ControlPlaneFailure opened = new ControlPlaneFailure("opened");
        SourceChain chain = chain(
                new Scripted("the moon", new Refused("it is\n  far away\n")),
                new Scripted("the shed", new Available(() -> {
                    throw opened;
                })),
                new Scripted("the works", new Refused("never asked")));

        assertThatThrownBy(chain::open).isSameAs(opened);

        assertThat(log)
                .containsExactly(
                        "control-plane: the moon: passed over, it is; far away", "control-plane: taken: the shed");
        assertThat(asked).containsExactly("the moon", "the shed");
    }

    @Test
    void whereThereIsNoneTheFailureTellsAllReasons() {
        SourceChain chain =
                chain(new Scripted("the moon", new Refused("far")), new Scripted("the sun", new Refused("hot")));

        assertThatThrownBy(chain::open).isInstanceOf(ControlPlaneFailure.class).hasMessage("""
                        this machine has no Kubernetes control plane to test against:
                          the moon: passed over, far
                          the sun: passed over, hot""");
    }

    private SourceChain chain(ControlPlaneSource... sources) {
        return new SourceChain(List.of(sources), log::add);
    }

    private final class Scripted implements ControlPlaneSource {
        private final String name;
        private final Offer offer;

        Scripted(String name, Offer offer) {
            this.name = name;
            this.offer = offer;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Offer look() {
            asked.add(name);
            return offer;
        }
    }
}
