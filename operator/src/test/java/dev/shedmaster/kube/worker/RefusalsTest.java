package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {
    private static final Blockage BLOCKAGE =
            new Blockage(new Blockage.WholeAccount("ci/azure"), Instant.parse("2026-11-24T14:00:00Z"), "quota");

    static Stream<PortError> errors() {
        return Stream.of(
                new PortError.CapacityExhausted(BLOCKAGE, "m"),
                new PortError.QuotaExceeded(BLOCKAGE, "m"),
                new PortError.Throttled(Duration.ofSeconds(7), "m"),
                new PortError.HeldBack(Duration.ofSeconds(7), "m"),
                new PortError.Unauthorized("m"),
                new PortError.Invalid("image", "m"),
                new PortError.AlreadyExists("m"),
                new PortError.NotFound("m"),
                new PortError.Transient("m"));
    }

    /** A worker that believes that nothing is there would ask elsewhere, and the account would have given its room away. */
    @ParameterizedTest
    @MethodSource("errors")
    void whatMayBeThereAfterAnErrorMayBeThereForTheWorkerAsWell(PortError error) {
        assertThat(Refusals.of(error).leavesNothing()).isEqualTo(error.leavesNothing());
        assertThat(Refusals.of(error).message()).isEqualTo("m");
    }
}
