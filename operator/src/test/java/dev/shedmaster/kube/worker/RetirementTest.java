package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.api.v1alpha1.Worker;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetirementTest {
    private final List<String> deleted = new ArrayList<>();
    private final Retirement retirement =
            new Retirement(worker -> deleted.add(worker.getMetadata().getName()));

    private static Retirement refusedWith(int code) {
        return new Retirement(worker -> {
            throw new KubernetesClientException("refused", code, null);
        });
    }

    @Test
    void aWorkerCountsAsRetiredBeforeItsObjectIsMarked() {
        Runnable marking = retirement.ordered(worker("uid"), "idle for 5 minutes");
        assertThat(retirement.isRetired(worker("uid"))).isTrue();
        assertThat(retirement.reason(worker("uid"))).isEqualTo("idle for 5 minutes");
        assertThat(deleted).isEmpty();
        marking.run();
        assertThat(deleted).containsExactly("sm-a");
    }

    @Test
    void theFirstReasonStays() {
        retirement.retire(worker("uid"), "first");
        retirement.retire(worker("uid"), "second");
        assertThat(retirement.reason(worker("uid"))).isEqualTo("first");
        assertThat(deleted).as("marked once").containsExactly("sm-a");
    }

    @Test
    void whatCouldNotBeMarkedIsNotRetiredSoThatSomebodyTriesAgain() {
        Retirement failing = refusedWith(500);
        assertThatThrownBy(() -> failing.retire(worker("uid"), "idle")).isInstanceOf(KubernetesClientException.class);
        assertThatThrownBy(() -> failing.retire(worker("uid"), "idle")).isInstanceOf(KubernetesClientException.class);
        assertThat(failing.isRetired(worker("uid"))).isFalse();
        Retirement broken = new Retirement(worker -> {
            throw new IllegalStateException("a fault of ours");
        });
        assertThatThrownBy(() -> broken.retire(worker("uid"), "idle")).isInstanceOf(IllegalStateException.class);
        assertThat(broken.isRetired(worker("uid"))).isFalse();
    }

    @Test
    void whatIsGoneAlreadyIsNoFailure() {
        Retirement tooLate = refusedWith(404);
        tooLate.retire(worker("uid"), "idle");
        assertThat(tooLate.reason(worker("uid"))).isEqualTo(Retirement.BY_SOMEBODY);
    }

    @Test
    void aWorkerThatIsOnlyJustBeingWrittenDownIsNotRetired() {
        assertThat(retirement.isRetired(worker(null))).isFalse();
    }

    @Test
    void whatAPersonDeletedIsRetired() {
        Worker worker = worker("uid");
        worker.getMetadata().setDeletionTimestamp("2026-11-24T21:00:00Z");
        assertThat(retirement.isRetired(worker)).isTrue();
        retirement.retire(worker, "its pool is being deleted");
        assertThat(deleted).isEmpty();
    }

    private static Worker worker(@Nullable String uid) {
        Worker worker = SampleWorkers.named("sm-a");
        worker.getMetadata().setUid(uid);
        return worker;
    }
}
