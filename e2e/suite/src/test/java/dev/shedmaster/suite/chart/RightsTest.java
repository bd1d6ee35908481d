package dev.shedmaster.suite.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The chart's ServiceAccount may do what the operator does, and nothing else")
@ExtendWith(Cluster.Parameter.class)
class RightsTest {

    private static final String ACCOUNT = "fleet-shedmaster";

    /** Watches its own namespace, any Secret and ConfigMap in it. */
    private static final String PLAIN = "rights-plain";
    /** Watches two namespaces, and in them named Secrets and ConfigMaps. */
    private static final String NAMED = "rights-named";

    private static final String NAMED_ALSO = "rights-named-also";
    private static final String WHOLE = "rights-whole";
    private static final String STRANGE = "rights-strange";
    /** Is told which installation it is. */
    private static final String TOLD = "rights-told";

    private static final String IN_WATCHED = """
            get list watch update patch | shedmaster.dev workerpools
            get list watch update patch | shedmaster.dev jenkinsservers
            get list watch update patch | shedmaster.dev azuresubscriptions
            get list watch update patch | shedmaster.dev hetzneraccounts
            get list watch update patch | shedmaster.dev baremetalhosts
            get update patch | shedmaster.dev workerpools/status
            get update patch | shedmaster.dev jenkinsservers/status
            get update patch | shedmaster.dev azuresubscriptions/status
            get update patch | shedmaster.dev hetzneraccounts/status
            get update patch | shedmaster.dev baremetalhosts/status
            update | shedmaster.dev workerpools/finalizers
            get list watch create update patch delete | shedmaster.dev workers
            get update patch | shedmaster.dev workers/status
            create | events.k8s.io events
            """;

    private static final String OWN_LEASE = """
            create | coordination.k8s.io leases
            get update patch | coordination.k8s.io leases named fleet-shedmaster
            """;

    private static final String ANY_REFERENCES = """
            get list watch | secrets
            get list watch | configmaps
            """;

    private static final String NAMED_REFERENCES = """
            get list watch | secrets named jenkins-token
            get list watch | secrets named azure-login
            get list watch | configmaps named templates
            """;

    private static String inOwn(String namespace) {
        return OWN_LEASE + "get | namespaces named " + namespace + "\n";
    }

    @BeforeAll
    static void install(Cluster cluster) {
        for (String namespace : Set.of(PLAIN, NAMED, NAMED_ALSO, WHOLE, STRANGE, TOLD)) {
            cluster.namespace(namespace);
            cluster.serviceAccount(namespace, "nobody");
        }
        install(cluster, PLAIN, "");
        install(cluster, NAMED, """
                watchNamespaces: [rights-named, rights-named-also]
                secrets: {names: [jenkins-token, azure-login]}
                configMaps: {names: [templates]}
                """);
        install(cluster, WHOLE, "watchNamespaces: []");
        install(cluster, TOLD, "installation: told");
    }

    private static void install(Cluster cluster, String namespace, String values) {
        cluster.apply(cluster.chart().template(namespace, values).mustSucceed());
    }

    @Test
    void inItsNamespaceExactlyThese(Cluster cluster) {
        assertThat(granted(cluster, PLAIN, PLAIN)).isEqualTo(rights(IN_WATCHED, ANY_REFERENCES, inOwn(PLAIN)));
    }

    @Test
    void itsNamespaceIsNotReadIfItIsToldWhichInstallationItIs(Cluster cluster) {
        assertThat(granted(cluster, TOLD, TOLD)).isEqualTo(rights(IN_WATCHED, ANY_REFERENCES, OWN_LEASE));
    }

    @Test
    void elsewhereNothing(Cluster cluster) {
        assertThat(granted(cluster, PLAIN, STRANGE)).isEmpty();
        assertThat(granted(cluster, NAMED, STRANGE)).isEmpty();
    }

    @Test
    void whereNamesAreGivenOnlyThose(Cluster cluster) {
        assertThat(granted(cluster, NAMED, NAMED)).isEqualTo(rights(IN_WATCHED, NAMED_REFERENCES, inOwn(NAMED)));
        assertThat(granted(cluster, NAMED, NAMED_ALSO)).isEqualTo(rights(IN_WATCHED, NAMED_REFERENCES));
    }

    @Test
    void inTheWholeClusterTheSameEverywhere(Cluster cluster) {
        assertThat(granted(cluster, WHOLE, STRANGE)).isEqualTo(rights(IN_WATCHED, ANY_REFERENCES));
        assertThat(granted(cluster, WHOLE, WHOLE)).isEqualTo(rights(IN_WATCHED, ANY_REFERENCES, inOwn(WHOLE)));
    }

    @ParameterizedTest(name = "{0} {1}/{2}/{3} in {4}, name {5}")
    @CsvSource({
        // what people write is theirs
        "create, shedmaster.dev, workerpools,, rights-plain,",
        "delete, shedmaster.dev, workerpools,, rights-plain, pool",
        "deletecollection, shedmaster.dev, workers,, rights-plain,",
        "delete, shedmaster.dev, azuresubscriptions,, rights-plain, azure",
        "delete, shedmaster.dev, hetzneraccounts,, rights-plain, robot",
        "delete, shedmaster.dev, baremetalhosts,, rights-plain, rx220-1",
        "get, shedmaster.dev, workerpools,, rights-strange, pool",
        "list, shedmaster.dev, workerpools,, '',",
        // secrets
        "get, '', secrets,, rights-strange, jenkins-token",
        "list, '', secrets,, '',",
        "create, '', secrets,, rights-plain,",
        "update, '', secrets,, rights-plain, jenkins-token",
        "delete, '', secrets,, rights-plain, jenkins-token",
        "update, '', configmaps,, rights-plain, templates",
        // its own standing
        "create, '', serviceaccounts, token, rights-plain, fleet-shedmaster",
        "update, rbac.authorization.k8s.io, roles,, rights-plain, fleet-shedmaster",
        "create, rbac.authorization.k8s.io, rolebindings,, rights-plain,",
        "escalate, rbac.authorization.k8s.io, roles,, rights-plain,",
        "impersonate, '', serviceaccounts,, rights-plain,",
        // the rest of the cluster
        "create, '', pods,, rights-plain,",
        "create, '', pods, exec, rights-plain, x",
        "get, '', namespaces,, rights-strange, rights-strange",
        "list, '', namespaces,, '',",
        "delete, '', namespaces,, rights-plain, rights-plain",
        "get, '', nodes,, '', n",
        "delete, coordination.k8s.io, leases,, rights-plain, fleet-shedmaster",
        "update, coordination.k8s.io, leases,, rights-plain, another",
        "get, coordination.k8s.io, leases,, rights-strange, fleet-shedmaster",
        "list, events.k8s.io, events,, rights-plain,",
        "get, apiextensions.k8s.io, customresourcedefinitions,, '', workers.shedmaster.dev",
    })
    void itMayNot(
            String verb,
            String group,
            String resource,
            @org.jspecify.annotations.Nullable String subresource,
            String namespace,
            @org.jspecify.annotations.Nullable String name,
            Cluster cluster) {
        try (KubernetesClient account = cluster.clientAs(PLAIN, ACCOUNT)) {
            assertThat(new GrantedRights(account)
                            .allow(
                                    verb,
                                    group,
                                    resource,
                                    subresource == null ? "" : subresource,
                                    namespace,
                                    name == null ? "" : name))
                    .isFalse();
        }
    }

    @Test
    void aNamedSecretIsReadAndWatchedAndNoOtherIs(Cluster cluster) {
        put(cluster, NAMED, "jenkins-token", "one");
        put(cluster, NAMED, "private", "mine");
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (KubernetesClient account = cluster.clientAs(NAMED, ACCOUNT)) {
            var secrets = account.secrets().inNamespace(NAMED);
            try (SharedIndexInformer<Secret> informer =
                    secrets.withName("jenkins-token").inform(heard(seen))) {
                await().atMost(Duration.ofSeconds(30)).until(() -> seen.contains("one"));
                put(cluster, NAMED, "jenkins-token", "two");
                await().atMost(Duration.ofSeconds(30)).until(() -> seen.contains("two"));
                assertThat(informer.isWatching()).isTrue();
            }
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> secrets.withName("private").get())
                    .returns(403, KubernetesClientException::getCode);
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(secrets::list)
                    .returns(403, KubernetesClientException::getCode);
        }
    }

    @Test
    void aNamedConfigMapIsReadAndNoOtherIs(Cluster cluster) {
        for (String name : Set.of("templates", "others")) {
            cluster.client()
                    .configMaps()
                    .inNamespace(NAMED)
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .withData(Map.of("a", "b"))
                            .build())
                    .serverSideApply();
        }
        try (KubernetesClient account = cluster.clientAs(NAMED, ACCOUNT)) {
            var maps = account.configMaps().inNamespace(NAMED);
            assertThat(maps.withName("templates").get())
                    .extracting(ConfigMap::getData)
                    .isEqualTo(Map.of("a", "b"));
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> maps.withName("others").get())
                    .returns(403, KubernetesClientException::getCode);
        }
    }

    @Test
    void itReadsItsOwnNamespace(Cluster cluster) {
        try (KubernetesClient account = cluster.clientAs(NAMED, ACCOUNT)) {
            assertThat(account.namespaces().withName(NAMED).get().getMetadata().getUid())
                    .isEqualTo(cluster.client()
                            .namespaces()
                            .withName(NAMED)
                            .get()
                            .getMetadata()
                            .getUid());
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> account.namespaces().withName(NAMED_ALSO).get())
                    .returns(403, KubernetesClientException::getCode);
        }
    }

    private static void put(Cluster cluster, String namespace, String name, String token) {
        cluster.client()
                .secrets()
                .inNamespace(namespace)
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addToStringData("token", token)
                        .build())
                .serverSideApply();
    }

    private static ResourceEventHandler<Secret> heard(Queue<String> tokens) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(Secret secret) {
                tokens.add(token(secret));
            }

            @Override
            public void onUpdate(Secret before, Secret now) {
                tokens.add(token(now));
            }

            @Override
            public void onDelete(Secret secret, boolean unknown) {
                tokens.add("gone");
            }
        };
    }

    private static String token(Secret secret) {
        return new String(
                java.util.Base64.getDecoder().decode(secret.getData().get("token")),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    /** What it may do in a namespace beyond what every account may. */
    private static Set<String> granted(Cluster cluster, String home, String where) {
        try (KubernetesClient account = cluster.clientAs(home, ACCOUNT);
                KubernetesClient nobody = cluster.clientAs(home, "nobody")) {
            Set<String> rights = new TreeSet<>(new GrantedRights(account).in(where));
            rights.removeAll(new GrantedRights(nobody).in(where));
            return rights;
        }
    }

    /** Lines of {@code verb verb | group resource named name}, one right each. */
    private static Set<String> rights(String... tables) {
        Set<String> rights = new TreeSet<>();
        for (String table : tables) {
            table.lines().map(line -> line.split(" \\| ", -1)).forEach(line -> {
                for (String verb : line[0].split(" ", -1)) {
                    rights.add(verb + " " + line[1]);
                }
            });
        }
        return rights;
    }
}
