package dev.shedmaster.kube.ci;

import static dev.shedmaster.api.v1alpha1.Condition.CREDENTIALS_VALID;
import static dev.shedmaster.api.v1alpha1.Condition.DEMAND_MATCHED;
import static dev.shedmaster.api.v1alpha1.Condition.PERMISSIONS_SUFFICIENT;
import static dev.shedmaster.api.v1alpha1.Condition.REACHABLE;
import static dev.shedmaster.api.v1alpha1.Condition.READY;
import static dev.shedmaster.kube.ApiServerRoom.NAMESPACE;
import static dev.shedmaster.kube.ApiServerRoom.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerStatus;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.kube.ConnectionTrial;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.LatestPlan;
import dev.shedmaster.kube.status.Addresses;
import dev.shedmaster.kube.status.Finalizers;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.kube.worker.OwedRecords;
import dev.shedmaster.kube.worker.WorkerIndex;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * On a real API server, with a Jenkins of our own: what is wrong is told with what to do about it, doing that heals, and
 * nothing stays open or at Jenkins once the object is gone.
 */
class JenkinsServerReconcilerTest extends ConnectionTrial<JenkinsServer, JenkinsServerStatus> {
    private static final String URL = "https://jenkins.example.org/";
    private static final String GOOD = "a-good-token";
    private static final String BAD = "a-token-of-last-year";

    private final Connections<CiLink> links = new Connections<>();
    private final ReferencedObjects references = new ReferencedObjects(room.operatorsClient(), now::get);
    private final WorkerIndex workers =
            new WorkerIndex(new Informed<>(Worker.class, woken -> {}).known(), new OwedRecords(() -> false));
    private final JenkinsServerReconciler reconciler = new JenkinsServerReconciler(
            this::link,
            links,
            references,
            new JenkinsServerStatuses(new LatestPlan(pool -> {}, source -> {}), now::get),
            known,
            inUse::contains,
            now::get);

    private final List<Jenkins> opened = new CopyOnWriteArrayList<>();
    private static final String TWIN = "ci/twin";

    private volatile boolean away;
    private volatile CiSession run = CiSession.UNKNOWN;
    private volatile List<MissingPermission> lacking = List.of();

    JenkinsServerReconcilerTest() {
        super(JenkinsServer.class, "jenkins");
    }

    /** One connection to Jenkins. It accepts one token; whether it answers and what the user lacks the test says. */
    private final class Jenkins extends QuietCi {
        private final String token;
        private final @Nullable String caBundle;
        private volatile boolean withdrawn;
        private volatile boolean closed;

        Jenkins(String token, @Nullable String caBundle) {
            super(() -> answer(token).map(answered -> snapshot()));
            this.token = token;
            this.caBundle = caBundle;
        }

        @Override
        public Outcome<List<MissingPermission>> verify() {
            return answer(token).map(answered -> lacking);
        }

        @Override
        public CiSession session() {
            return run;
        }

        @Override
        public Outcome<Nothing> withdraw() {
            withdrawn = true;
            return Outcome.done(Nothing.NOTHING);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Outcome<Nothing> answer(String token) {
        if (away) {
            return Outcome.failed(new PortError.Transient(URL + " does not answer"));
        }
        return token.equals(GOOD)
                ? Outcome.done(Nothing.NOTHING)
                : Outcome.failed(new PortError.Unauthorized("the token is refused: put a new one into the Secret"));
    }

    private CiSnapshot snapshot() {
        QueuedJob job = new QueuedJob(object(), "1", "build #1", new Unlabelled(), now.get());
        return new CiSnapshot(now.get(), "2.541.3", List.of(job), Map.of(), 2, Map.of(), OutsideAgents.NONE);
    }

    /** As the operator links, with our Jenkins. */
    private CiLink link(JenkinsServer server, Map<String, String> secret, @Nullable String caBundle) {
        URI url = Addresses.of("spec.url", server.getSpec().url());
        String token = secret.get("token");
        if (token == null) {
            throw new IllegalArgumentException("the Secret for " + url + " has no key token: add it");
        }
        Jenkins jenkins = new Jenkins(token, caBundle);
        opened.add(jenkins);
        return new CiLink(
                        Names.of(server),
                        jenkins,
                        (before, reading) -> Duration.ofMillis(20),
                        now::get,
                        corrected -> {},
                        new CiListener(workers, () -> {}, known.waking(Names.of(server)), now::get))
                .start();
    }

    @BeforeAll
    void start() {
        room.start(reconciler, Finalizers.CONNECTION);
    }

    @BeforeEach
    void begin() {
        away = false;
        lacking = List.of();
        run = CiSession.UNKNOWN;
        links.drop(TWIN);
        opened.clear();
    }

    @AfterAll
    void end() {
        links.close();
        references.close();
    }

    private Secret secret(String token) {
        return secret(Map.of("username", "operator", "token", token));
    }

    private void create(Secret secret) {
        person.resource(secret).create();
    }

    private void update(Secret secret) {
        person.resource(secret).update();
    }

    private void createServer(String more) {
        person.resource(Serialization.unmarshal("""
                        apiVersion: shedmaster.dev/v1alpha1
                        kind: JenkinsServer
                        metadata: {namespace: %s, name: %s}
                        spec:
                          url: %s
                          credentials: {secretRef: {name: %s}}
                          %s
                        """.formatted(NAMESPACE, name, URL, name, more), JenkinsServer.class))
                .create();
    }

    private void changeUrl(String url) {
        change("{\"url\": \"" + url + "\"}");
    }

    @Override
    protected JenkinsServerStatus status() {
        JenkinsServer server = resource().get();
        return server == null || server.getStatus() == null ? JenkinsServerStatus.initial() : server.getStatus();
    }

    @Override
    protected List<Condition> conditions() {
        return status().conditions();
    }

    private void awaitRead() {
        await().atMost(PATIENCE).until(() -> "2.541.3".equals(status().version()));
    }

    @Test
    void oneThatCanBeUsedSaysSoAndWhatWaitsThere() {
        create(secret(GOOD));
        createServer("");

        awaitRead();
        assertThat(told(READY)).startsWith("TRUE Ready");
        assertThat(told(REACHABLE)).startsWith("TRUE Answers");
        assertThat(told(CREDENTIALS_VALID)).startsWith("TRUE Accepted");
        assertThat(told(PERMISSIONS_SUFFICIENT)).startsWith("TRUE AllGranted");
        assertThat(told(DEMAND_MATCHED)).startsWith("TRUE AllServed");
        assertThat(status().reason()).isNull();
        assertThat(status().queue().buildable()).isEqualTo(1);
        assertThat(status().queue().blocked()).isEqualTo(2);
        assertThat(resource().get().getMetadata().getFinalizers()).containsExactly(Finalizers.CONNECTION);
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() {
        create(secret(GOOD));
        createServer("");
        awaitRead();
        String version = resource().get().getMetadata().getResourceVersion();
        long looks = room.looks("jenkinsserver", "done");

        look();

        await().atMost(PATIENCE).until(() -> room.looks("jenkinsserver", "done") > looks);
        assertThat(resource().get().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Nested
    class Faults {
        @Test
        void aSecretThatIsMissing() {
            createServer("");

            awaitTold(READY, "FALSE Misconfigured: there is no Secret " + object() + ": create it");
            assertThat(told(CREDENTIALS_VALID)).startsWith("FALSE Unusable: there is no Secret " + object());
            assertThat(told(REACHABLE)).startsWith("UNKNOWN NotTried");
            assertThat(told(PERMISSIONS_SUFFICIENT)).startsWith("UNKNOWN NotTried");
            assertThat(status().reason()).isEqualTo("there is no Secret " + object() + ": create it");
            assertThat(opened).isEmpty();

            create(secret(GOOD));
            awaitReady();
        }

        @Test
        void aKeyThatTheSecretLacks() {
            create(secret(Map.of("username", "operator")));
            createServer("");

            awaitTold(READY, "FALSE Misconfigured: the Secret for " + URL + " has no key token: add it");
            assertThat(told(CREDENTIALS_VALID)).startsWith("FALSE Unusable");
            assertThat(told(REACHABLE)).startsWith("UNKNOWN NotTried");

            update(secret(GOOD));
            awaitReady();
        }

        @Test
        void anAddressThatIsNoneLeavesWhatIsOpenAsItIs() {
            create(secret(GOOD));
            createServer("");
            awaitReady();

            changeUrl("http://:8080/");
            awaitTold(READY, "FALSE Misconfigured: spec.url: must be an address such as https://host.example.org/");
            assertThat(told(REACHABLE)).startsWith("UNKNOWN NotTried");
            assertThat(links.find(object())).isPresent();
            assertThat(opened)
                    .singleElement()
                    .satisfies(jenkins -> assertThat(jenkins.closed).isFalse());

            changeUrl("https://other.example.org/");
            awaitReady();
        }

        @Test
        void certificatesThatAreMissing() {
            create(secret(GOOD));
            createServer("caBundle: {configMapRef: {name: " + name + ", key: ca.crt}}");
            awaitTold(READY, "FALSE Misconfigured: there is no ConfigMap " + object() + ": create it");

            ConfigMap certificates = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName(name)
                    .endMetadata()
                    .withData(Map.of("ca.pem", "-----BEGIN CERTIFICATE-----"))
                    .build();
            person.resource(certificates).create();
            awaitTold(
                    READY,
                    "FALSE Misconfigured: spec.caBundle.configMapRef: ConfigMap " + object()
                            + " has no key ca.crt: add it");

            certificates.setData(Map.of("ca.crt", "-----BEGIN CERTIFICATE-----"));
            person.resource(certificates).update();
            awaitReady();
            assertThat(opened.getFirst().caBundle).isEqualTo("-----BEGIN CERTIFICATE-----");

            certificates.setData(Map.of("ca.crt", "-----BEGIN CERTIFICATE----- of another"));
            person.resource(certificates).update();
            await().atMost(PATIENCE).until(() -> opened.size() == 2);
            assertThat(opened.getLast().caBundle).isEqualTo("-----BEGIN CERTIFICATE----- of another");
        }

        @Test
        void aTokenThatIsRefused() {
            create(secret(BAD));
            createServer("");

            awaitTold(READY, "FALSE CredentialsRefused: the token is refused: put a new one into the Secret");
            assertThat(told(CREDENTIALS_VALID)).startsWith("FALSE Refused");
            assertThat(told(REACHABLE)).as("who refuses, answers").startsWith("TRUE Answers");
            assertThat(told(PERMISSIONS_SUFFICIENT)).startsWith("UNKNOWN NotTried");

            update(secret(GOOD));
            awaitReady();
            assertThat(opened).extracting(jenkins -> jenkins.closed).containsExactly(true, false);
        }

        @Test
        void aSecretThatIsTouchedIsTriedAgainWithTheSameToken() {
            create(secret(BAD));
            createServer("");
            awaitTold(READY, "FALSE CredentialsRefused");

            person.resource(secret(BAD))
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\": {\"annotations\": {\"tried-again\": \"now\"}}}");

            await().atMost(PATIENCE).until(() -> opened.size() == 2);
            await().atMost(PATIENCE).until(() -> opened.getFirst().closed);
        }

        @Test
        void aPermissionThatIsMissing() {
            lacking = List.of(new MissingPermission("Agent/Create", true), new MissingPermission("Agent/Delete", true));
            create(secret(GOOD));
            createServer("");

            String what = "the user of the credentials lacks Agent/Create, Agent/Delete: grant it in Jenkins";
            awaitTold(READY, "FALSE PermissionMissing: " + what);
            assertThat(told(PERMISSIONS_SUFFICIENT)).isEqualTo("FALSE Missing: " + what);
            assertThat(told(CREDENTIALS_VALID)).startsWith("TRUE Accepted");
            assertThat(told(REACHABLE)).startsWith("TRUE Answers");

            lacking = List.of();
            look();
            awaitReady();
            assertThat(opened).as("the connection was good").hasSize(1);
        }

        @Test
        void aJenkinsThatDoesNotAnswerUntilItDoes() {
            create(secret(GOOD));
            createServer("");
            awaitReady();

            away = true;
            awaitTold(READY, "FALSE Unreachable: " + URL + " does not answer");
            assertThat(told(REACHABLE)).startsWith("FALSE NoAnswer");
            assertThat(told(CREDENTIALS_VALID)).startsWith("UNKNOWN NotTried");

            away = false;
            awaitReady();
            assertThat(opened).as("the connection was good").hasSize(1);
        }
    }

    @Test
    void troubleIsLookedAtSoonAndHealthSeldom() {
        lacking = List.of(new MissingPermission("Agent/Create", true));
        create(secret(GOOD));
        createServer("");
        awaitTold(READY, "FALSE PermissionMissing");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(secondsUntilNextLook()).isBetween(0L, 15L));

        lacking = List.of();
        look();
        awaitReady();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(secondsUntilNextLook()).isBetween(60L, 300L));
    }

    @Test
    void whatItSaysIsAboutTheNewestSpec() {
        create(secret(GOOD));
        createServer("");
        awaitReady();
        assertThat(status().observedGeneration()).isEqualTo(1);

        changeUrl("https://other.example.org/");

        await().atMost(PATIENCE).until(() -> Long.valueOf(2).equals(status().observedGeneration()));
        assertThat(status().conditions())
                .extracting(Condition::observedGeneration)
                .containsOnly(2L);
        assertThat(opened).extracting(jenkins -> jenkins.closed).containsExactly(true, false);
    }

    @Test
    void aSecretThatStaysAwayClosesTheConnectionAfterAMoment() {
        create(secret(GOOD));
        createServer("");
        awaitReady();

        person.resource(secret(GOOD)).delete();
        awaitTold(READY, "FALSE Misconfigured: there is no Secret");
        assertThat(opened.getFirst().closed).as("workers may need it to end").isFalse();

        now.updateAndGet(instant -> instant.plus(ReferencedObjects.SECRET_MAY_BE_MISSING));
        look();
        await().atMost(PATIENCE).until(() -> opened.getFirst().closed);
        assertThat(links.find(object())).isEmpty();

        create(secret(GOOD));
        awaitReady();
    }

    @Nested
    class End {
        @Test
        void nothingStaysOpenOrAtJenkins() {
            create(secret(GOOD));
            createServer("");
            awaitReady();

            delete();
            awaitGone();

            assertThat(opened).singleElement().satisfies(jenkins -> {
                assertThat(jenkins.withdrawn).isTrue();
                assertThat(jenkins.closed).isTrue();
            });
            assertThat(links.find(object())).isEmpty();
            assertThat(later.getQueue()).isEmpty();
        }

        @Test
        void itStaysWhileWorkersAreRegisteredThere() {
            create(secret(GOOD));
            createServer("");
            awaitRead();
            inUse.add(object());

            delete();
            awaitTold(READY, "FALSE Leaving: workers are still registered here: it goes after the last of them");
            assertThat(status().reason()).endsWith("delete their pools");
            assertThat(status().version()).isEqualTo("2.541.3");
            assertThat(links.find(object()))
                    .hasValueSatisfying(link -> assertThat(link.isLeaving()).isTrue());
            assertThat(opened).singleElement().satisfies(jenkins -> {
                assertThat(jenkins.withdrawn).isFalse();
                assertThat(jenkins.closed).isFalse();
            });
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(secondsUntilNextLook()).isBetween(0L, 5L));

            inUse.clear();
            look();
            awaitGone();
            assertThat(opened.getFirst().withdrawn).isTrue();
            assertThat(opened.getFirst().closed).isTrue();
        }

        @Test
        void oneThatIsTakenAwayByForceAndAppliedAgainIsServedAgain() {
            create(secret(GOOD));
            createServer("");
            awaitRead();
            inUse.add(object());
            delete();
            CiLink link = links.find(object()).orElseThrow();
            await().atMost(PATIENCE).until(link::isLeaving);
            resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");

            createServer("");

            awaitTold(READY, "TRUE");
            await().atMost(PATIENCE).until(() -> !link.isLeaving());
            assertThat(links.find(object()))
                    .as("the connection that its workers use")
                    .contains(link);
        }

        @Test
        void whoDeletedTheSecretFirstLeavesNothingAtJenkinsAllTheSame() {
            create(secret(GOOD));
            createServer("");
            awaitReady();

            person.resource(secret(GOOD)).delete();
            awaitTold(READY, "FALSE Misconfigured: there is no Secret");
            delete();
            awaitGone();

            assertThat(opened.getFirst().withdrawn).isTrue();
            assertThat(opened.getFirst().closed).isTrue();
        }

        @Test
        void whatItsTwinNeedsStaysAtJenkins() {
            run = new CiSession("the only Jenkins", null);
            create(secret(GOOD));
            createServer("");
            awaitReady();
            links.ensure(
                    TWIN,
                    "",
                    () -> new CiLink(
                            TWIN,
                            new Jenkins(GOOD, null),
                            (before, now) -> Duration.ofHours(1),
                            now::get,
                            woken -> {},
                            (before, now) -> {}));

            delete();
            awaitGone();

            assertThat(opened.getFirst().closed).isTrue();
            assertThat(opened.getFirst().withdrawn).isFalse();
        }

        @Test
        void oneThatWasNeverOfUseIsNotHeldUp() {
            createServer("");
            awaitTold(READY, "FALSE Misconfigured: there is no Secret");

            delete();

            awaitGone();
        }

        @Test
        void aJenkinsThatDoesNotAnswerHoldsNothingUp() {
            away = true;
            create(secret(GOOD));
            createServer("");
            awaitTold(READY, "FALSE Unreachable");

            delete();

            awaitGone();
            assertThat(opened.getFirst().closed).isTrue();
        }
    }
}
