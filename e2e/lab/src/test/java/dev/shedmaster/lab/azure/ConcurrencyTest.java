package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.azure.estate.Quotas;
import dev.shedmaster.lab.azure.throttle.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many callers at once: limits hold exactly, names stay unique. */
class ConcurrencyTest {

    private static List<Integer> statuses(List<Future<Integer>> calls) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> call : calls) {
            statuses.add(call.get());
        }
        return statuses;
    }

    @Test
    void theQuotaIsNeverOverdrawn() throws Exception {
        try (Lab lab = Lab.start(options -> options.withLimits(Limits.none())
                        .withQuotas(Quotas.plenty().withRegionalCores(25 * 8 + 7)));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "w-" + i;
                calls.add(callers.submit(() -> lab.arm.create(name).status()));
            }
            List<Integer> statuses = statuses(calls);
            assertThat(statuses.stream().filter(status -> status == 201)).hasSize(25);
            assertThat(statuses.stream().filter(status -> status == 409)).hasSize(75);
            assertThat(lab.azure.report().totals().machines()).isEqualTo(25);
            assertThat(lab.azure.report().totals().nics()).isEqualTo(25);
        }
    }

    @Test
    void aNameIsGivenOnce() throws Exception {
        try (Lab lab = Lab.start(options -> options.withLimits(Limits.none()));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(callers.submit(() -> lab.arm.create("the-one").status()));
            }
            List<Integer> statuses = statuses(calls);
            assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
            assertThat(statuses.stream().filter(status -> status == 412)).hasSize(49);
        }
    }
}
