package dev.shedmaster.kube.machine;

import static dev.shedmaster.api.v1alpha1.Condition.CREDENTIALS_VALID;
import static dev.shedmaster.api.v1alpha1.Condition.QUOTA_KNOWN;
import static dev.shedmaster.api.v1alpha1.Condition.READY;
import static dev.shedmaster.api.v1alpha1.Condition.RESOURCE_GROUP_USABLE;
import static dev.shedmaster.kube.ApiServerRoom.NAMESPACE;
import static dev.shedmaster.kube.ApiServerRoom.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.AzureSubscriptionStatus;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.LeakCounts;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.kube.ConnectionTrial;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.Finalizers;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.kube.worker.OwedRecords;
import dev.shedmaster.kube.worker.WorkerIndex;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
 * On a real API server, with an account of our own: what is wrong is told with what to do about it, doing that heals, and
 * nothing stays open once the object is gone.
 */
class AzureSubscriptionReconcilerTest extends ConnectionTrial<AzureSubscription, AzureSubscriptionStatus> {
    private static final String ID = "00000000-0000-0000-0000-000000000000";
    private static final String GOOD = "a-good-secret";
    private static final String BAD = "a-secret-of-last-year";

    private final Connections<MachineLink> links = new Connections<>();
    private final ReferencedObjects references = new ReferencedObjects(room.operatorsClient(), now::get);
    private final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {});
    private final WorkerIndex index = new WorkerIndex(workers.known(), new OwedRecords(() -> false));
    private final FleetMemory memory = new FleetMemory(now::get, () -> {});
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ApiClients clients = new ApiClients(meters);
    private final AzureConnector connector =
            new AzureConnector("installation", clients, meters, now::get, Map.of(), TrustedEndpoints.CLOUDS_ONLY);
    private final AzureSubscriptionReconciler reconciler = new AzureSubscriptionReconciler(
            this::link,
            links,
            references,
            new AzureSubscriptionStatuses(
                    workers.known(),
                    (placement, account, size, zone, type) ->
                            new Offering(placement, account, size, size, zone, type, 8, 0.2),
                    memory,
                    account -> LeakCounts.NONE,
                    now::get),
            memory,
            known,
            inUse::contains,
            now::get);

    private final List<Account> opened = new CopyOnWriteArrayList<>();
    private volatile @Nullable PortError trouble;
    private volatile @Nullable PortError quotaTrouble;

    AzureSubscriptionReconcilerTest() {
        super(AzureSubscription.class, "azure");
    }

    /** One connection to the account. It accepts one secret, or none where none is set; what else goes wrong the test says. */
    private final class Account extends QuietProvider {
        private final String secret;
        private volatile boolean closed;

        Account(String secret) {
            this.secret = secret;
        }

        @Override
        public Outcome<Map<String, MachineState>> observe(Map<String, String> followed) {
            return verify().map(verified -> Map.of());
        }

        @Override
        public Outcome<Nothing> verify() {
            if (secret.equals(BAD)) {
                return Outcome.failed(new PortError.Unauthorized("the client secret has expired: make a new one"));
            }
            return orDone(trouble);
        }

        @Override
        public Outcome<Nothing> quotas() {
            return orDone(quotaTrouble);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Outcome<Nothing> orDone(@Nullable PortError error) {
        return error == null ? Outcome.done(Nothing.NOTHING) : Outcome.failed(error);
    }

    /** As the operator links, with our account where Azure's would be asked. */
    private MachineLink link(AzureSubscription subscription, Map<String, String> secret) {
        connector.connect(subscription, secret).close();
        Account account = new Account(secret.getOrDefault("clientSecret", ""));
        opened.add(account);
        String called = Names.of(subscription);
        return new MachineLink(
                        called,
                        account,
                        Map::of,
                        (before, reading) -> Duration.ofMillis(20),
                        now::get,
                        corrected -> {},
                        new MachineListener(called, index, memory, known.waking(called)))
                .start();
    }

    @BeforeAll
    void start() {
        room.start(reconciler, Finalizers.CONNECTION);
    }

    @BeforeEach
    void begin() {
        trouble = null;
        quotaTrouble = null;
        opened.clear();
    }

    @AfterAll
    void end() {
        links.close();
        references.close();
        clients.close();
    }

    private Secret secret(String value) {
        return secret("clientSecret", value);
    }

    private Secret secret(String key, String value) {
        return secret(Map.of(key, value));
    }

    private void createWithClientSecret() {
        create("{clientSecret: {tenantId: " + ID + ", clientId: " + ID + ", secretRef: {name: " + name + "}}}", "{}");
    }

    private void create(String auth, String endpoints) {
        person.resource(Serialization.unmarshal(
                        """
                        apiVersion: shedmaster.dev/v1alpha1
                        kind: AzureSubscription
                        metadata: {namespace: %s, name: %s}
                        spec:
                          subscriptionId: %s
                          resourceGroup: ci-workers
                          location: westeurope
                          auth: %s
                          endpoints: %s
                        """.formatted(NAMESPACE, name, ID, auth, endpoints), AzureSubscription.class))
                .create();
    }

    @Override
    protected AzureSubscriptionStatus status() {
        AzureSubscription subscription = resource().get();
        return subscription == null || subscription.getStatus() == null
                ? AzureSubscriptionStatus.initial()
                : subscription.getStatus();
    }

    @Override
    protected List<Condition> conditions() {
        return status().conditions();
    }

    @Test
    void oneThatCanBeUsedSaysSo() {
        person.resource(secret(GOOD)).create();
        createWithClientSecret();

        awaitReady();
        assertThat(told(CREDENTIALS_VALID)).startsWith("TRUE Accepted");
        assertThat(told(RESOURCE_GROUP_USABLE)).startsWith("TRUE Usable");
        assertThat(told(QUOTA_KNOWN)).startsWith("TRUE Read");
        assertThat(status().reason()).isNull();
        assertThat(resource().get().getMetadata().getFinalizers()).containsExactly(Finalizers.CONNECTION);
    }

    @Test
    void theOperatorsOwnIdentityNeedsNoSecret() {
        create("{managedIdentity: {}}", "{}");

        awaitReady();
        assertThat(opened).hasSize(1);
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() {
        person.resource(secret(GOOD)).create();
        createWithClientSecret();
        awaitReady();
        String version = resource().get().getMetadata().getResourceVersion();
        long looks = room.looks("azuresubscription", "done");

        look();

        await().atMost(PATIENCE).until(() -> room.looks("azuresubscription", "done") > looks);
        assertThat(resource().get().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Nested
    class Faults {
        @Test
        void aSecretThatIsMissing() {
            createWithClientSecret();

            awaitTold(READY, "FALSE Misconfigured: there is no Secret " + object() + ": create it");
            assertThat(told(CREDENTIALS_VALID)).startsWith("FALSE Unusable: there is no Secret " + object());
            assertThat(told(RESOURCE_GROUP_USABLE)).startsWith("UNKNOWN NotTried");
            assertThat(told(QUOTA_KNOWN)).startsWith("UNKNOWN NotTried");
            assertThat(status().reason()).isEqualTo("there is no Secret " + object() + ": create it");
            assertThat(opened).isEmpty();

            person.resource(secret(GOOD)).create();
            awaitReady();
        }

        @Test
        void aKeyThatTheSecretLacks() {
            person.resource(secret("password", GOOD)).create();
            createWithClientSecret();

            awaitTold(
                    READY,
                    "FALSE Misconfigured: spec.auth.clientSecret.secretRef: the Secret " + name
                            + " has no key clientSecret: add it");
            assertThat(told(CREDENTIALS_VALID)).startsWith("FALSE Unusable");
            assertThat(told(RESOURCE_GROUP_USABLE)).startsWith("UNKNOWN NotTried");

            person.resource(secret(GOOD)).update();
            awaitReady();
        }

        @Test
        void anAddressThatTheOperatorsIdentityIsNotShownTo() {
            create("{managedIdentity: {}}", "{resourceManager: 'https://evil.example'}");

            awaitTold(READY, "FALSE Misconfigured: spec.endpoints.resourceManager: https://evil.example is no address");
            assertThat(told(CREDENTIALS_VALID)).startsWith("FALSE Unusable").endsWith("=evil.example");
            assertThat(told(RESOURCE_GROUP_USABLE)).startsWith("UNKNOWN NotTried");
            assertThat(opened).isEmpty();

            change("{\"endpoints\": null}");
            awaitReady();
        }

        @Test
        void anAddressThatIsNoneLeavesWhatIsOpenAsItIs() {
            create("{managedIdentity: {}}", "{}");
            awaitReady();

            change("{\"endpoints\": {\"authority\": \"https://login.microsoftonline.com/^\"}}");
            awaitTold(READY, "FALSE Misconfigured: spec.endpoints.authority: must be an address such as https://");
            assertThat(links.find(object())).isPresent();
            assertThat(opened)
                    .singleElement()
                    .satisfies(account -> assertThat(account.closed).isFalse());

            change("{\"endpoints\": null}");
            awaitReady();
        }

        @Test
        void aClientSecretThatIsRefused() {
            person.resource(secret(BAD)).create();
            createWithClientSecret();

            awaitTold(READY, "FALSE CredentialsRefused: the client secret has expired: make a new one");
            assertThat(told(CREDENTIALS_VALID)).startsWith("FALSE Refused");
            assertThat(told(RESOURCE_GROUP_USABLE)).startsWith("UNKNOWN NotTried");
            assertThat(told(QUOTA_KNOWN)).startsWith("UNKNOWN NotTried");

            person.resource(secret(GOOD)).update();
            awaitReady();
            assertThat(opened).extracting(account -> account.closed).containsExactly(true, false);
        }

        @Test
        void aResourceGroupThatIsMissing() {
            trouble = new PortError.NotFound("there is no resource group ci-workers: create it");
            person.resource(secret(GOOD)).create();
            createWithClientSecret();

            awaitTold(READY, "FALSE ResourceGroupMissing: there is no resource group ci-workers: create it");
            assertThat(told(RESOURCE_GROUP_USABLE)).startsWith("FALSE NotFound");
            assertThat(told(CREDENTIALS_VALID)).startsWith("TRUE Accepted");

            trouble = null;
            look();
            awaitReady();
            assertThat(opened).as("the connection was good").hasSize(1);
        }

        @Test
        void aPermissionToReadQuotasThatIsMissingHindersNothing() {
            quotaTrouble = new PortError.Unauthorized("AuthorizationFailed");
            person.resource(secret(GOOD)).create();
            createWithClientSecret();

            awaitReady();
            assertThat(told(QUOTA_KNOWN))
                    .startsWith("FALSE NotRead")
                    .contains("AuthorizationFailed", "Microsoft.Compute/locations/usages/read");
            assertThat(status().reason()).isNull();

            quotaTrouble = null;
            look();
            awaitTold(QUOTA_KNOWN, "TRUE Read");
        }

        @Test
        void anAzureThatDoesNotAnswerUntilItDoes() {
            person.resource(secret(GOOD)).create();
            createWithClientSecret();
            awaitReady();

            trouble = new PortError.Transient("management.azure.com does not answer");
            awaitTold(READY, "FALSE Unreachable: management.azure.com does not answer");
            assertThat(told(CREDENTIALS_VALID)).startsWith("UNKNOWN NotTried");
            assertThat(told(RESOURCE_GROUP_USABLE)).startsWith("UNKNOWN NotTried");

            trouble = null;
            awaitReady();
            assertThat(opened).as("the connection was good").hasSize(1);
        }
    }

    @Test
    void troubleIsLookedAtSoonAndHealthSeldom() {
        trouble = new PortError.NotFound("there is no resource group ci-workers: create it");
        person.resource(secret(GOOD)).create();
        createWithClientSecret();
        awaitTold(READY, "FALSE ResourceGroupMissing");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(secondsUntilNextLook()).isBetween(0L, 30L));

        trouble = null;
        look();
        awaitReady();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(secondsUntilNextLook()).isBetween(60L, 300L));
    }

    @Test
    void whatItSaysIsAboutTheNewestSpec() {
        person.resource(secret(GOOD)).create();
        createWithClientSecret();
        awaitReady();
        assertThat(status().observedGeneration()).isEqualTo(1);

        change("{\"limits\": {\"workers\": 7}}");

        await().atMost(PATIENCE).until(() -> Long.valueOf(2).equals(status().observedGeneration()));
        assertThat(status().conditions())
                .extracting(Condition::observedGeneration)
                .containsOnly(2L);
        assertThat(opened).extracting(account -> account.closed).containsExactly(true, false);
    }

    @Test
    void aSecretThatStaysAwayClosesTheConnectionAfterAMoment() {
        person.resource(secret(GOOD)).create();
        createWithClientSecret();
        awaitReady();

        person.resource(secret(GOOD)).delete();
        awaitTold(READY, "FALSE Misconfigured: there is no Secret");
        assertThat(opened.getFirst().closed).as("workers may need it to end").isFalse();

        now.updateAndGet(instant -> instant.plus(ReferencedObjects.SECRET_MAY_BE_MISSING));
        look();
        await().atMost(PATIENCE).until(() -> opened.getFirst().closed);
        assertThat(links.find(object())).isEmpty();

        person.resource(secret(GOOD)).create();
        awaitReady();
    }

    @Nested
    class End {
        @Test
        void nothingStaysOpen() {
            person.resource(secret(GOOD)).create();
            createWithClientSecret();
            awaitReady();

            delete();
            awaitGone();

            assertThat(opened)
                    .singleElement()
                    .satisfies(account -> assertThat(account.closed).isTrue());
            assertThat(links.find(object())).isEmpty();
            assertThat(later.getQueue()).isEmpty();
        }

        @Test
        void itStaysWhileWorkersHaveMachinesThereThoughTheSecretIsGone() {
            person.resource(secret(GOOD)).create();
            createWithClientSecret();
            awaitReady();
            inUse.add(object());

            person.resource(secret(GOOD)).delete();
            delete();
            awaitTold(READY, "FALSE Leaving: workers still have machines here: it goes after the last of them");
            assertThat(memory.current().closing(object(), now.get())).isPresent();
            assertThat(status().reason()).endsWith("delete their pools");
            assertThat(opened)
                    .singleElement()
                    .satisfies(account -> assertThat(account.closed).isFalse());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(secondsUntilNextLook()).isBetween(0L, 5L));

            inUse.clear();
            look();
            awaitGone();
            assertThat(opened.getFirst().closed).isTrue();
            assertThat(memory.current().closing(object(), now.get())).isEmpty();
        }

        @Test
        void oneThatWasNeverOfUseIsNotHeldUp() {
            createWithClientSecret();
            awaitTold(READY, "FALSE Misconfigured: there is no Secret");

            delete();

            awaitGone();
        }
    }
}
