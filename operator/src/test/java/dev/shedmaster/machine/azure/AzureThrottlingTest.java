package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultEffect.Throttle.Source;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineState.Phase;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Azure's limits of requests. */
class AzureThrottlingTest extends AzureScenario {

    @ParameterizedTest
    @EnumSource(Source.class)
    void aThrottleIsHonouredAndStopsOnlyItsOwnKindOfCall(Source source) {
        done(lab().provider().create(lab().order("sm-pool-bbbbbbbb", "other", AzureLab.spot("1"))));
        lab().azure()
                .post(Fault.once(
                        new FaultEffect.Throttle(source, Duration.ofMinutes(5)), FaultScope.of(AzureCall.PUT_VM)));
        assertThat(failed(lab().provider().create(order())))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMinutes(5)));
        int calls = lab().azure().calls().creations().size();
        assertThat(failed(lab().provider().create(order())))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMinutes(5)));
        assertThat(lab().azure().calls().creations()).hasSize(calls);
        done(lab().provider().delete("sm-pool-bbbbbbbb"));
        lab().advance(Duration.ofMinutes(5));
        done(lab().provider().create(order()));
    }

    @Test
    void aThrottleWithoutATimeWaitsAUsualOne() {
        lab().azure().post(Fault.once(new FaultEffect.Throttle(Source.COMPUTE, null), FaultScope.of(AzureCall.PUT_VM)));
        assertThat(failed(lab().provider().create(order())))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
        lab().advance(Duration.ofSeconds(30));
        done(lab().provider().create(order()));
    }

    @Test
    void theDocumentedLimitsAreNeverExceeded() {
        AzureLab lab = lab(options -> options.withPageSize(20), account -> account);
        List<MachineOrder> orders = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String name = "sm-pool-aaaaa" + Character.toString('a' + i / 26) + Character.toString('a' + i % 26) + "a";
            orders.add(lab.order(name, name, AzureLab.spot("1")));
        }
        Map<String, String> followed = new HashMap<>();
        FanOut.map(orders, order -> lab.provider().create(order))
                .forEach((order, outcome) ->
                        followed.put(order.name(), done(outcome).operation()));
        for (int i = 0; i < 60; i++) {
            lab.advance(Duration.ofSeconds(2));
            assertThat(done(lab.provider().observe(followed))).hasSize(120);
        }
        assertThat(done(lab.provider().observe(followed)).values())
                .allSatisfy(state -> assertThat(state.phase()).isEqualTo(Phase.RUNNING));
        FanOut.map(orders, order -> lab.provider().delete(order.name()))
                .values()
                .forEach(AzureScenario::done);
        lab.advance(LONG);
        assertThat(done(lab.provider().observe(Map.of()))).isEmpty();
        assertThat(orphans()).isZero();
        lab.azure()
                .calls()
                .counts()
                .forEach(
                        (call, byStatus) -> assertThat(byStatus).as(call.name()).doesNotContainKey(429));
    }
}
