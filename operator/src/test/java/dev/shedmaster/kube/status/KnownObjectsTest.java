package dev.shedmaster.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class KnownObjectsTest {
    private final KnownObjects<Worker> workers = new KnownObjects<>("workers");

    @Test
    void whoWakesTheSameObjectIsTheSame() {
        Set<Runnable> interested = ConcurrentHashMap.newKeySet();
        interested.add(workers.waking("ci/a"));
        interested.add(workers.waking("ci/a"));
        interested.add(workers.waking("ci/b"));
        interested.add(new KnownObjects<Worker>("others").waking("ci/a"));

        assertThat(interested).hasSize(3);
    }

    @Test
    void thereAreNoObjectsBeforeTheirReconcilerIsRegistered() {
        assertThat(workers.objects()).isEmpty();
        assertThat(workers.find("ci/a")).isEmpty();
    }
}
