package dev.shedmaster.bench;

import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Container;
import dev.shedmaster.port.HostOrder.Limits;
import dev.shedmaster.port.HostOrder.Reach;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/** How soon a worker runs on a host: from the call to its answer, which comes when its unit is started. */
final class HostStarts {
    static final String INSTALLATION = "bench";

    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    private HostStarts() {}

    /** Starts one worker after the other, and stops each again; returns how many milliseconds each start took. */
    static double[] oneByOne(HostDriver driver, String image, int count) {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long begun = System.nanoTime();
            String name = start(driver, image);
            millis[i] = (System.nanoTime() - begun) / 1e6;
            done(driver.stop(name));
        }
        return millis;
    }

    /** Starts many at once, spread over hosts; returns how many milliseconds it took until the last one ran. */
    static double atOnce(List<HostDriver> drivers, String image, int count) {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long begun = System.nanoTime();
            List<Future<String>> started = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                HostDriver driver = drivers.get(i % drivers.size());
                started.add(callers.submit(() -> start(driver, image)));
            }
            for (Future<String> one : started) {
                one.get();
            }
            return (System.nanoTime() - begun) / 1e6;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker was not started", e);
        }
    }

    /** Of two names whose addresses meet on a host, which many names do in the end, the second is refused: then another is taken. */
    private static String start(HostDriver driver, String image) {
        while (true) {
            String name = MachineName.fresh("bench", RANDOM).toString();
            Outcome<Nothing> outcome = driver.start(order(name, image));
            if (!(outcome instanceof Outcome.Failed<Nothing>(PortError.AlreadyExists taken))) {
                done(outcome);
                return name;
            }
        }
    }

    /** A container that does nothing. */
    private static HostOrder order(String name, String image) {
        return new HostOrder(
                name,
                new MachineOwner(INSTALLATION, "ci/bench", "ci/" + name, "uid-of-" + name),
                new Container(image, false, List.of("/bin/sh", "-c", "sleep 1000"), List.of(), Set.of()),
                new Limits(64L << 20, 100, 100, Duration.ofSeconds(1)),
                new Reach(List.of("192.0.2.53"), List.of()),
                Map.of("agent.env", "NAME=bench\n".getBytes(StandardCharsets.UTF_8)));
    }

    static void done(Outcome<Nothing> outcome) {
        if (outcome instanceof Outcome.Failed<Nothing>(PortError error)) {
            throw new IllegalStateException(error.toString());
        }
    }
}
