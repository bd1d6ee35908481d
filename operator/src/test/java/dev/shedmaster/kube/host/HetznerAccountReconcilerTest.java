package dev.shedmaster.kube.host;

import static dev.shedmaster.api.v1alpha1.Condition.CREDENTIALS_VALID;
import static dev.shedmaster.api.v1alpha1.Condition.KEY_USABLE;
import static dev.shedmaster.api.v1alpha1.Condition.RATE_LIMITED;
import static dev.shedmaster.api.v1alpha1.Condition.READY;
import static dev.shedmaster.api.v1alpha1.Condition.ROBOT_REACHABLE;
import static dev.shedmaster.kube.ApiServerRoom.NAMESPACE;
import static dev.shedmaster.kube.ApiServerRoom.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.HetznerAccountStatus;
import dev.shedmaster.api.v1alpha1.RequestAllowance;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.http.ScriptedServer;
import dev.shedmaster.kube.ConnectionTrial;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.status.Finalizers;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.port.DedicatedServers;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * On a real API server, with a Robot that answers as it is told: what is wrong is told with what to do about it, doing that
 * heals, no login is shown twice that was refused, and nothing stays open once the object is gone.
 */
class HetznerAccountReconcilerTest extends ConnectionTrial<HetznerAccount, HetznerAccountStatus> {
    private static final String SERVERS =
            "[{\"server\":{\"server_number\":321,\"status\":\"ready\"}},{\"server\":{\"server_number\":322}}]";
    private static final String UNAUTHORIZED =
            "{\"error\":{\"status\":401,\"code\":\"UNAUTHORIZED\",\"message\":\"Unauthorized\"}}";

    private final Connections<DedicatedServers> robots = new Connections<>();
    private final List<String> newKeys = new CopyOnWriteArrayList<>();
    private final AccountKeys keys = new AccountKeys(newKeys::add);
    private final ReferencedObjects references = new ReferencedObjects(room.operatorsClient(), now::get);
    private final ApiClients clients = new ApiClients(new SimpleMeterRegistry());
    private final HetznerAccountReconciler reconciler = new HetznerAccountReconciler(
            new HetznerConnector(clients, now::get)::connect,
            robots,
            keys,
            references,
            new HetznerAccountStatuses(now::get),
            known,
            inUse::contains,
            now::get);

    private ScriptedServer robot = new ScriptedServer();

    HetznerAccountReconcilerTest() {
        super(HetznerAccount.class, "robot");
    }

    @BeforeAll
    void start() {
        room.start(reconciler, Finalizers.CONNECTION);
    }

    @BeforeEach
    void begin() {
        robot.close();
        robot = new ScriptedServer();
    }

    @AfterEach
    void forgetTheMinutes() {
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(1)));
    }

    @AfterAll
    void end() {
        robot.close();
        robots.close();
        references.close();
        clients.close();
    }

    private Secret secret(String password) {
        return secret(
                Map.of("username", "#ws+abc", "password", password, "ssh-privatekey", AccountKeyTest.KEY.privateKey()));
    }

    private void create() {
        person.resource(Serialization.unmarshal(
                        """
                        apiVersion: shedmaster.dev/v1alpha1
                        kind: HetznerAccount
                        metadata: {namespace: %s, name: %s}
                        spec:
                          endpoint: %s
                          credentials: {secretRef: {name: %s}}
                          sshKey: {secretRef: {name: %s}}
                        """.formatted(NAMESPACE, name, robot.url(""), name, name), HetznerAccount.class))
                .create();
    }

    private void createReady() {
        robot.then(200, SERVERS);
        person.resource(secret("right")).create();
        create();
        awaitReady();
    }

    private void createRefused() {
        robot.then(401, UNAUTHORIZED);
        person.resource(secret("wrong")).create();
        create();
        awaitTold(READY, "FALSE CredentialsRefused: Robot refuses the webservice user '#ws+abc' or its password");
    }

    /** Has it looked at once more, to the end. */
    private void lookedAt() {
        long looks = room.looks("hetzneraccount", "done");
        look();
        await().atMost(PATIENCE).until(() -> room.looks("hetzneraccount", "done") > looks);
    }

    @Override
    protected HetznerAccountStatus status() {
        HetznerAccount account = resource().get();
        return account == null || account.getStatus() == null ? HetznerAccountStatus.initial() : account.getStatus();
    }

    @Override
    protected List<Condition> conditions() {
        return status().conditions();
    }

    @Test
    void oneThatCanBeUsedSaysSo() {
        createReady();

        assertThat(told(CREDENTIALS_VALID)).startsWith("TRUE Accepted");
        assertThat(told(ROBOT_REACHABLE)).startsWith("TRUE Answers");
        assertThat(told(KEY_USABLE)).startsWith("TRUE Usable");
        assertThat(told(RATE_LIMITED)).startsWith("FALSE Within");
        assertThat(status().servers()).isEqualTo(2);
        assertThat(status().reason()).isNull();
        assertThat(status().budget()).containsExactly(new RequestAllowance("GET /server", 135, 180, null));
        assertThat(robot.calls()).containsExactly("GET /server");
        assertThat(keys.find(object()).map(key -> key.publicKey().line())).contains(AccountKeyTest.PUBLIC);
        assertThat(resource().get().getMetadata().getFinalizers()).containsExactly(Finalizers.CONNECTION);
    }

    /** A host that was looked at before its account waits for nothing else. */
    @Test
    void aKeyIsNewsToItsHostsOnce() {
        createReady();
        robot.then(200, SERVERS);
        lookedAt();
        assertThat(newKeys).containsOnlyOnce(object());
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() {
        createReady();
        String version = resource().get().getMetadata().getResourceVersion();
        for (int look = 0; look < 3; look++) {
            robot.then(200, SERVERS);
            now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(5)));
            lookedAt();
        }
        assertThat(robot.calls()).hasSize(4);
        assertThat(resource().get().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Nested
    class RefusedLogins {
        @Test
        void areShownOnceAndCorrectingTheSecretHeals() {
            createRefused();
            assertThat(told(CREDENTIALS_VALID)).startsWith("FALSE Refused").contains("correct the Secret");
            assertThat(told(ROBOT_REACHABLE)).startsWith("TRUE Answers");
            lookedAt();
            lookedAt();
            assertThat(robot.calls()).containsExactly("GET /server");
            assertThat(status().refusedLogin())
                    .contains("Secret " + name, robot.url("").toString());

            robot.then(200, SERVERS);
            person.resource(secret("right")).update();
            awaitReady();
            assertThat(status().refusedLogin()).isNull();
            assertThat(robot.asked())
                    .extracting(asked -> asked.headers().get("Authorization"))
                    .containsExactly(Credentials.basic("#ws+abc", "wrong"), Credentials.basic("#ws+abc", "right"));
        }

        @Test
        void areNotShownAgainAfterARestart() {
            createRefused();
            robots.drop(object());
            lookedAt();
            assertThat(robot.calls()).hasSize(1);
            assertThat(robots.find(object())).isPresent();
            assertThat(told(READY)).startsWith("FALSE CredentialsRefused: Robot refuses the webservice user");
        }

        @Test
        void areNotShownAgainForAnotherSpec() {
            createRefused();
            change("{\"limits\": {\"resetsPerHour\": 7}}");
            await().atMost(PATIENCE).until(() -> Long.valueOf(2).equals(status().observedGeneration()));
            assertThat(robot.calls()).hasSize(1);
            assertThat(told(READY)).startsWith("FALSE CredentialsRefused");
        }

        @Test
        void areShownToAnotherRobot() {
            createRefused();
            try (ScriptedServer other = new ScriptedServer()) {
                other.then(200, SERVERS);
                change("{\"endpoint\": \"" + other.url("") + "\"}");
                awaitReady();
                assertThat(other.calls()).hasSize(1);
            }
            assertThat(robot.calls()).hasSize(1);
        }

        @Test
        void whoTouchesTheSecretHasThemShownOnceMore() {
            createRefused();
            robot.then(200, SERVERS);
            person.secrets().inNamespace(NAMESPACE).withName(name).edit(secret -> {
                secret.getMetadata().setAnnotations(Map.of("tried-again", "now"));
                return secret;
            });
            awaitReady();
        }
    }

    @Nested
    class Faults {
        @Test
        void aSecretThatIsMissing() {
            create();
            awaitTold(READY, "FALSE Misconfigured: there is no Secret " + object() + ": create it");
            assertThat(told(CREDENTIALS_VALID)).startsWith("FALSE Unusable");
            assertThat(told(ROBOT_REACHABLE)).startsWith("UNKNOWN NotTried");
            assertThat(told(RATE_LIMITED)).startsWith("UNKNOWN NotTried");
            assertThat(told(KEY_USABLE)).startsWith("FALSE Unusable: there is no Secret");

            robot.then(200, SERVERS);
            person.resource(secret("right")).create();
            awaitReady();
        }

        @Test
        void aKeyThatTheSecretLacks() {
            person.resource(secret(Map.of("username", "#ws+abc"))).create();
            create();
            awaitTold(
                    READY,
                    "FALSE Misconfigured: spec.credentials.secretRef: the Secret " + name
                            + " has no key password: add it");
            assertThat(robot.calls()).isEmpty();
        }

        @Test
        void aPasswordWithALineBreakCostsNoLogin() {
            person.resource(secret("ri\nght")).create();
            create();
            awaitTold(READY, "FALSE Misconfigured: spec, or the Secret " + name + " that it refers to: password: must");
            assertThat(robot.calls()).isEmpty();
        }

        @Test
        void anSshKeyThatCannotBeUsed() {
            robot.then(200, SERVERS).then(200, SERVERS);
            person.resource(secret(Map.of(
                            "username", "#ws+abc", "password", "right", "ssh-privatekey", AccountKeyTest.PUBLIC)))
                    .create();
            create();
            awaitTold(
                    READY,
                    "FALSE KeyUnusable: spec.sshKey.secretRef: the Secret " + name + " has no private key under");
            assertThat(told(KEY_USABLE)).startsWith("FALSE Unusable");
            assertThat(told(CREDENTIALS_VALID)).startsWith("TRUE Accepted");
            assertThat(keys.find(object())).isEmpty();

            person.resource(secret("right")).update();
            awaitReady();
            assertThat(keys.find(object())).isPresent();
        }

        @Test
        void tooManyRequests() {
            robot.then(
                    403,
                    "{\"error\":{\"status\":403,\"code\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"rate limit exceeded\","
                            + "\"max_request\":200,\"interval\":600}}");
            person.resource(secret("right")).create();
            create();
            awaitTold(READY, "FALSE RateLimited: Robot takes no more GET /server for now");
            assertThat(told(RATE_LIMITED)).startsWith("TRUE RefusedByRobot: Robot takes no more GET /server");
            assertThat(told(ROBOT_REACHABLE)).startsWith("TRUE Answers");
            assertThat(status().budget())
                    .containsExactly(new RequestAllowance(
                            "GET /server", 0, 180, now.get().plus(Duration.ofMinutes(10))));
            lookedAt();
            assertThat(robot.calls()).hasSize(1);

            robot.then(200, SERVERS);
            now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(10)));
            look();
            awaitReady();
            assertThat(told(RATE_LIMITED)).startsWith("FALSE Within");
        }

        @Test
        void aRobotUnderMaintenance() {
            robot.then(503, "<h1>Wartung</h1>");
            person.resource(secret("right")).create();
            create();
            awaitTold(READY, "FALSE Unreachable: Robot did not list the servers (HTTP 503");
            assertThat(told(ROBOT_REACHABLE)).startsWith("FALSE Unreachable");
            assertThat(told(CREDENTIALS_VALID)).startsWith("UNKNOWN NotTried");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(secondsUntilNextLook()).isBetween(0L, 60L));

            robot.then(200, SERVERS);
            now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(1)));
            look();
            awaitReady();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(secondsUntilNextLook()).isBetween(61L, 300L));
        }
    }

    @Test
    void aSecretThatStaysAwayClosesTheConnectionAfterAMoment() {
        createReady();
        person.resource(secret("right")).delete();
        awaitTold(READY, "FALSE Misconfigured: there is no Secret");
        assertThat(robots.find(object())).as("hosts may need it to end").isPresent();

        now.updateAndGet(instant -> instant.plus(ReferencedObjects.SECRET_MAY_BE_MISSING));
        look();
        await().atMost(PATIENCE).until(() -> robots.find(object()).isEmpty());
    }

    @Nested
    class End {
        @Test
        void nothingStaysOpen() {
            createReady();
            delete();
            awaitGone();
            assertThat(robots.find(object())).isEmpty();
            assertThat(keys.find(object())).isEmpty();
            assertThat(later.getQueue()).isEmpty();
        }

        @Test
        void itStaysWhileHostsBelongToItThoughTheSecretIsGone() {
            createReady();
            inUse.add(object());
            person.resource(secret("right")).delete();
            delete();
            awaitTold(READY, "FALSE Leaving: hosts still belong to it: it goes after the last of them");
            assertThat(robots.find(object())).isPresent();
            assertThat(keys.find(object())).isPresent();

            inUse.clear();
            look();
            awaitGone();
        }

        @Test
        void oneThatWasNeverOfUseIsNotHeldUp() {
            create();
            awaitTold(READY, "FALSE Misconfigured");
            delete();
            awaitGone();
        }
    }
}
