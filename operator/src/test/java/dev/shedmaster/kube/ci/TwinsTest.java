package dev.shedmaster.kube.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TwinsTest {
    private final Connections<CiLink> links = new Connections<>();
    private final Twins twins = new Twins(links);

    @AfterEach
    void close() {
        links.close();
    }

    private CiLink linked(String name, String run) {
        QuietCi system = new QuietCi(() -> Outcome.failed(new PortError.Transient("not read here"))) {
            @Override
            public CiSession session() {
                return new CiSession(run, null);
            }
        };
        return links.ensure(
                name,
                run,
                () -> new CiLink(
                        name,
                        system,
                        (before, now) -> Duration.ofHours(1),
                        InstantSource.system(),
                        woken -> {},
                        (before, now) -> {}));
    }

    @Test
    void thoseOfTheSameRunAreNamedInOrderAndNobodyElse() {
        CiLink link = linked("ci/jenkins", "5e6f7a8b");
        linked("ci/other", "00c0ffee");
        assertThat(twins.of("ci/jenkins", link)).contains(List.of());

        linked("z/jenkins", "5e6f7a8b");
        linked("a/jenkins", "5e6f7a8b");

        assertThat(twins.of("ci/jenkins", link)).contains(List.of("a/jenkins", "z/jenkins"));
    }

    @Test
    void twoThatHaveNotBeenHeardAreNotTakenForTheSame() {
        CiLink link = linked("ci/jenkins", "");
        linked("ci/other", "");

        assertThat(twins.of("ci/jenkins", link)).isEmpty();
    }
}
