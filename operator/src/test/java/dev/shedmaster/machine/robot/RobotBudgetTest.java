package dev.shedmaster.machine.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.DedicatedServers.RequestAllowance;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RobotBudgetTest {
    private final Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final RobotBudget budget = new RobotBudget(40, () -> now);

    private static RobotCall call(RequestKind kind, int server) {
        return RobotCall.of(kind, "ask about server " + server, "x/" + server);
    }

    /** Calls until one is held back. */
    private long admitted(RequestKind kind) {
        return IntStream.range(0, 10_000)
                .takeWhile(server -> budget.admit(call(kind, server)).isEmpty())
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void ofEachKindFewerAreMadeThanRobotAllows(RequestKind kind) {
        long made = admitted(kind);
        assertThat(made).isEqualTo(kind == RequestKind.RESET ? 40 : kind.perHour() * 9 / 10);
        assertThat(budget.admit(call(kind, 99_999)))
                .hasValueSatisfying(error -> assertThat(error).isInstanceOf(PortError.HeldBack.class));
        assertThat(budget.allowances())
                .contains(new RequestAllowance(kind.called(), 0, (int) made, null))
                .filteredOn(allowance -> allowance.left() < allowance.limit())
                .hasSize(1);
    }

    @Test
    void oneServerLeavesHalfOfTheResetsToOthers() {
        long ofOne = IntStream.range(0, 100)
                .takeWhile(attempt -> budget.admit(call(RequestKind.RESET, 321)).isEmpty())
                .count();
        assertThat(ofOne).isEqualTo(20);
        assertThat(admitted(RequestKind.RESET)).isEqualTo(20);
    }

    @Test
    void noTwoKindsAreCalledTheSame() {
        assertThat(budget.allowances()).extracting(RequestAllowance::kind).doesNotHaveDuplicates();
    }
}
