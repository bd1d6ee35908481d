package dev.shedmaster.kube;

import static dev.shedmaster.kube.ApiServerRoom.NAMESPACE;
import static dev.shedmaster.kube.ApiServerRoom.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Told;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * Tries a kind whose objects each stand for a connection that is opened with a Secret, on a real API server. Each test has an
 * object and a Secret of its own name, and leaves neither.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConnectionTrial<P extends CustomResource<?, S>, S> {
    protected final ApiServerRoom room = new ApiServerRoom();
    protected final KubernetesClient person = room.person();
    protected final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T09:00:00Z"));
    protected final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(1);
    protected final KnownObjects<P> known;
    protected final Set<String> inUse = ConcurrentHashMap.newKeySet();
    protected String name = "";

    private final Class<P> kind;
    private final String prefix;
    private int tests;

    /** @param prefix what the objects' names begin with */
    protected ConnectionTrial(Class<P> kind, String prefix) {
        this.kind = kind;
        this.prefix = prefix;
        this.known = new KnownObjects<>(prefix, later);
        later.setRemoveOnCancelPolicy(true);
    }

    protected abstract S status();

    protected abstract List<Condition> conditions();

    @BeforeEach
    void nameIt() {
        name = prefix + "-" + ++tests;
    }

    @AfterEach
    void leaveNothing() {
        inUse.clear();
        delete();
        awaitGone();
        person.secrets().inNamespace(NAMESPACE).withName(name).delete();
    }

    @AfterAll
    void closeTheRoom() {
        room.close();
        later.shutdownNow();
    }

    /** {@code namespace/name} of the test's object. */
    protected String object() {
        return NAMESPACE + "/" + name;
    }

    protected Resource<P> resource() {
        return person.resources(kind).inNamespace(NAMESPACE).withName(name);
    }

    protected Secret secret(Map<String, String> values) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withStringData(values)
                .build();
    }

    /** Changes these members of the spec, given as JSON. */
    protected void change(String spec) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": " + spec + "}");
    }

    protected String told(String type) {
        return Told.of(conditions(), type);
    }

    protected void awaitTold(String type, String line) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told(type)).startsWith(line));
    }

    protected void awaitReady() {
        awaitTold(Condition.READY, "TRUE Ready");
    }

    /** Somebody looks at it again, as when its time has come. */
    protected void look() {
        known.waking(object()).run();
    }

    protected void delete() {
        resource().delete();
    }

    protected void awaitGone() {
        await().atMost(PATIENCE).until(() -> resource().get() == null);
    }

    protected long secondsUntilNextLook() {
        assertThat(later.getQueue()).hasSize(1).allMatch(Delayed.class::isInstance);
        return ((Delayed) later.getQueue().element()).getDelay(TimeUnit.SECONDS);
    }
}
