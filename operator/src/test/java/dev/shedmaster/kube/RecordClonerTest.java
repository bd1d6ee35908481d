package dev.shedmaster.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.worker.SampleWorkers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordClonerTest {
    private final KubernetesSerialization serialization = LeanObjects.serialization();
    private final RecordCloner cloner = new RecordCloner(serialization);

    static Stream<HasMetadata> objects() {
        return Stream.of(
                full(),
                named(new WorkerPool()),
                named(new JenkinsServer()),
                named(new AzureSubscription()),
                named(new HetznerAccount()),
                named(new ConfigMapBuilder().addToData("key", "value").build()));
    }

    private static HasMetadata named(HasMetadata object) {
        object.setMetadata(
                new ObjectMetaBuilder().withNamespace("ci").withName("a").build());
        return object;
    }

    private static Worker full() {
        Worker worker = SampleWorkers.named("sm-a");
        WorkerLife idle = SampleWorkers.life(new WorkerState.Idle(), SampleWorkers.BORN, null);
        worker.setStatus(SampleWorkers.status(SampleWorkers.records(), worker, idle, null));
        return worker;
    }

    @ParameterizedTest
    @MethodSource("objects")
    void aCopyIsOfTheSameKindAndSaysTheSame(HasMetadata object) {
        HasMetadata copy = cloner.clone(object);
        assertThat(copy).isNotSameAs(object).hasSameClassAs(object);
        assertThat(serialization.asJson(copy)).isEqualTo(serialization.asJson(object));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void whoChangesTheCopyDoesNotChangeTheOriginal(HasMetadata object) {
        String before = serialization.asJson(object);
        HasMetadata copy = cloner.clone(object);
        copy.getMetadata().setResourceVersion("2");
        copy.addFinalizer("shedmaster.dev/test");
        copy.getMetadata().getLabels().put("changed", "yes");
        copy.getMetadata().getAnnotations().put("changed", "yes");
        if (copy instanceof ConfigMap map) {
            Objects.requireNonNull(map.getData()).put("key", "changed");
        }
        assertThat(serialization.asJson(object)).isEqualTo(before);
    }

    @Test
    void aStatusThatIsSetOnTheCopyIsNotSetOnTheOriginal() {
        Worker worker = full();
        cloner.clone(worker).setStatus(null);
        assertThat(worker.getStatus()).isNotNull();
    }
}
