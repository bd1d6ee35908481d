package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.agent.RecordedAgents;
import dev.shedmaster.lab.azure.estate.Timings;
import dev.shedmaster.lab.time.Latency;
import dev.shedmaster.lab.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A stand-in on a clock that the test moves, with a client and agents that record. Times are fixed: see {@link #STEPS}. */
final class Lab implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-24T20:45:00Z");
    static final Duration ALLOCATION = Duration.ofSeconds(20);
    static final Duration GUEST_BOOT = Duration.ofSeconds(10);
    static final Duration OS_PROVISIONING = Duration.ofSeconds(30);
    static final Duration FORCED_DELETION = Duration.ofSeconds(15);
    static final Duration POWER_CHANGE = Duration.ofSeconds(5);

    /** Long enough for a creation to succeed. */
    static final Duration CREATED = ALLOCATION.plus(OS_PROVISIONING);

    static final Timings STEPS = Timings.realistic()
            .withBoot(Latency.fixed(ALLOCATION), Latency.fixed(GUEST_BOOT), Latency.fixed(OS_PROVISIONING))
            .withRemoval(Latency.fixed(Duration.ofSeconds(60)), Latency.fixed(FORCED_DELETION))
            .withPowerChange(Latency.fixed(POWER_CHANGE));

    final ManualClock clock = new ManualClock(START);
    final RecordedAgents agents = new RecordedAgents();
    final AzureStandIn azure;
    final ArmClient arm;

    private Lab(UnaryOperator<Options> change) throws IOException {
        azure = AzureStandIn.start(
                change.apply(Options.of(clock, agents).withTimings(STEPS).withTokenLifetime(Duration.ofDays(30))));
        arm = new ArmClient(azure);
    }

    static Lab start() throws IOException {
        return new Lab(options -> options);
    }

    static Lab start(UnaryOperator<Options> change) throws IOException {
        return new Lab(change);
    }

    List<String> statuses(String name) throws IOException, InterruptedException {
        JsonNode view = arm.get(ArmClient.vm(name) + "/instanceView").json();
        List<String> codes = new ArrayList<>();
        view.path("statuses").forEach(status -> codes.add(status.path("code").asText()));
        return codes;
    }

    /** Creates a machine and lets the time pass that it takes to come up. */
    void boot(String name, ObjectNode body) throws IOException, InterruptedException {
        assertThat(arm.create(name, body).status()).isEqualTo(201);
        clock.advance(CREATED);
    }

    /** The guest writes its log on a thread of its own. */
    void awaitLog(String name, String text) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(String.join("\n", azure.bootLog(name))).contains(text));
    }

    String operationStatus(String url) throws IOException, InterruptedException {
        return arm.follow(url).json().path("status").asText();
    }

    @Override
    public void close() {
        arm.close();
        azure.close();
    }
}
