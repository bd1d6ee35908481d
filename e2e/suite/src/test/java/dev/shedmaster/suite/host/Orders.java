package dev.shedmaster.suite.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Container;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.port.HostOrder.Limits;
import dev.shedmaster.port.HostOrder.Reach;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Workers for the tests, each a container that runs a line of shell. */
final class Orders {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Orders() {}

    static String freshName() {
        return MachineName.fresh("arm", RandomGenerator.getDefault()).toString();
    }

    static MachineOwner ownerOf(String name) {
        return new MachineOwner(BareServer.INSTALLATION, "ci/arm", "ci/" + name, "uid-of-" + name);
    }

    static HostOrder order(String name, String script, Device... devices) {
        return order(name, ownerOf(name), script, devices);
    }

    static HostOrder order(String name, MachineOwner owner, String script, Device... devices) {
        return new HostOrder(
                name,
                owner,
                new Container(
                        "busybox",
                        false,
                        List.of("/bin/sh", "-c", script),
                        List.of("/var/lib/docker"),
                        Set.of(devices)),
                new Limits(256L << 20, 150, 200, Duration.ofSeconds(20)),
                new Reach(List.of("192.0.2.53"), List.of("198.51.100.0/24")),
                Map.of("agent.env", "SECRET=of-the-agent\n".getBytes(StandardCharsets.UTF_8)));
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(var error) -> throw new AssertionError(error.toString());
        };
    }

    static PortError error(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?>(PortError error)) {
            return error;
        }
        throw new AssertionError("no failure: " + outcome);
    }

    static Optional<HostUnit> unit(HostDriver driver, String name) {
        HostReport report = done(driver.list());
        return report.units().stream().filter(unit -> unit.name().equals(name)).findAny();
    }

    static HostUnit awaitPhase(HostDriver driver, String name, Phase phase) {
        return await().atMost(PATIENCE)
                .until(
                        () -> unit(driver, name),
                        unit -> unit.map(HostUnit::phase).filter(phase::equals).isPresent())
                .orElseThrow();
    }

    /** Runs a worker to its end and returns what it printed. */
    static String printed(HostDriver driver, HostOrder order) {
        done(driver.start(order));
        awaitPhase(driver, order.name(), Phase.ENDED);
        // The journal writes down what it was sent a moment later.
        String[] text = new String[1];
        await().atMost(PATIENCE).untilAsserted(() -> {
            text[0] = done(driver.logs(order.name(), 100_000));
            assertThat(text[0]).contains("Deactivated successfully");
        });
        return text[0];
    }
}
