package dev.shedmaster.suite.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What the chart renders")
@ExtendWith(Cluster.Parameter.class)
class RenderedManifestsTest {

    private static final String NAMESPACE = "chart-rendered";

    private final Cluster cluster;

    RenderedManifestsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @EnumSource
    void passesHelmsLint(ValuesCase values) {
        cluster.chart().lint(NAMESPACE, values.yaml()).mustSucceed();
    }

    @ParameterizedTest
    @EnumSource
    void everyPodIsLockedDown(ValuesCase values) {
        PodSpec pod = podOf(values);
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getContainers()).hasSize(1);
        assertThat(pod.getInitContainers()).isEmpty();
        var security = operatorOf(pod).getSecurityContext();
        assertThat(security.getPrivileged()).isNull();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleNamesWhatItAllows(ValuesCase values) {
        for (PolicyRule rule : rules(values)) {
            assertThat(rule.getVerbs()).isNotEmpty().doesNotContain("*");
            assertThat(rule.getApiGroups()).hasSize(1).doesNotContain("*");
            assertThat(rule.getResources()).isNotEmpty().noneMatch(resource -> resource.contains("*"));
            assertThat(rule.getNonResourceURLs()).isEmpty();
            // Status and finalizers never come along with the object.
            assertThat(rule.getResources().stream()
                            .map(resource -> resource.replaceFirst("^[^/]*", ""))
                            .distinct())
                    .as("%s", rule)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rolesLieWhereItWatchesAndNowhereElse(ValuesCase values) {
        List<String> roles = named(values, Role.class);
        List<String> bindings = named(values, RoleBinding.class);
        String name = values == ValuesCase.EVERYTHING ? "shed" : "fleet-shedmaster";
        if (values == ValuesCase.OTHERS_RIGHTS) {
            assertThat(roles).isEmpty();
            assertThat(bindings).isEmpty();
        } else {
            List<String> own = values == ValuesCase.TOLD_AND_WITHOUT_LEADER_ELECTION
                    ? List.of()
                    : List.of(NAMESPACE + "/" + name + "-own");
            List<String> expected = Stream.concat(
                            own.stream(), values.watched(NAMESPACE).stream().map(namespace -> namespace + "/" + name))
                    .toList();
            assertThat(roles).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(bindings).containsExactlyInAnyOrderElementsOf(expected);
        }
        boolean whole = values == ValuesCase.WHOLE_CLUSTER;
        assertThat(of(values, ClusterRole.class)).hasSize(whole ? 1 : 0);
        assertThat(of(values, ClusterRoleBinding.class)).hasSize(whole ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void thePodRunsAsTheAccountThatHasTheRights(ValuesCase values) {
        String account = podOf(values).getServiceAccountName();
        assertThat(of(values, RoleBinding.class))
                .flatMap(RoleBinding::getSubjects)
                .allMatch(subject -> subject.getKind().equals("ServiceAccount")
                        && subject.getName().equals(account)
                        && subject.getNamespace().equals(NAMESPACE));
        if (values != ValuesCase.OTHERS_RIGHTS) {
            assertThat(named(values, ServiceAccount.class)).containsExactly(NAMESPACE + "/" + account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingThatSelectsThePodFindsIt(ValuesCase values) {
        Deployment deployment = only(values, Deployment.class);
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        assertThat(labels)
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        for (PodDisruptionBudget budget : of(values, PodDisruptionBudget.class)) {
            assertThat(labels)
                    .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels());
            assertThat(budget.getSpec().getMinAvailable()).isNull();
        }
        for (var service : of(values, io.fabric8.kubernetes.api.model.Service.class)) {
            assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
        }
        for (var spread : podOf(values).getTopologySpreadConstraints()) {
            assertThat(labels).containsAllEntriesOf(spread.getLabelSelector().getMatchLabels());
        }
    }

    @Test
    void theCommandLineSaysWhatTheValuesSay() {
        assertThat(operatorOf(podOf(ValuesCase.DEFAULTS)).getArgs())
                .containsExactly(
                        "run",
                        "--namespaces=" + NAMESPACE,
                        "--leader-election",
                        "--lease-name=fleet-shedmaster",
                        "--http-port=8080",
                        "--log-format=json");
        assertThat(operatorOf(podOf(ValuesCase.EVERYTHING)).getArgs())
                .containsExactly(
                        "run",
                        "--installation=6f1a4f2c-33f5-4b6e-9f0d-0c8f5e0b7a11",
                        "--namespaces=chart-watched," + NAMESPACE,
                        "--leader-election",
                        "--lease-name=the-lead",
                        "--http-port=9090",
                        "--log-format=plain");
        assertThat(operatorOf(podOf(ValuesCase.WHOLE_CLUSTER)).getArgs())
                .noneMatch(argument -> argument.startsWith("--namespaces"));
        assertThat(operatorOf(podOf(ValuesCase.WITHOUT_LEADER_ELECTION)).getArgs())
                .contains("--no-leader-election")
                .noneMatch(argument -> argument.startsWith("--lease-name"));
    }

    @ParameterizedTest
    @EnumSource
    void theProbesAskThePortThatItListensOn(ValuesCase values) {
        Container operator = operatorOf(podOf(values));
        assertThat(operator.getArgs())
                .contains("--http-port=" + operator.getPorts().getFirst().getContainerPort());
        assertThat(operator.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
        assertThat(operator.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
        assertThat(Stream.of(operator.getStartupProbe(), operator.getLivenessProbe(), operator.getReadinessProbe()))
                .allMatch(probe -> probe.getHttpGet()
                        .getPort()
                        .getStrVal()
                        .equals(operator.getPorts().getFirst().getName()));
    }

    @Test
    void itLearnsItsNamespaceFromTheCluster() {
        EnvVar namespace = variable(ValuesCase.DEFAULTS, "POD_NAMESPACE");
        assertThat(namespace.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("metadata.namespace");
    }

    @Test
    void workloadIdentityNeedsNoWebhook() {
        PodSpec pod = podOf(ValuesCase.EVERYTHING);
        String file =
                variable(ValuesCase.EVERYTHING, "AZURE_FEDERATED_TOKEN_FILE").getValue();
        var mount = operatorOf(pod).getVolumeMounts().stream()
                .filter(candidate -> file.startsWith(candidate.getMountPath() + "/"))
                .findFirst()
                .orElseThrow();
        var token = pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow()
                .getProjected()
                .getSources()
                .getFirst()
                .getServiceAccountToken();
        assertThat(file).isEqualTo(mount.getMountPath() + "/" + token.getPath());
        assertThat(token.getAudience()).isEqualTo("api://AzureADTokenExchange");
        assertThat(podOf(ValuesCase.DEFAULTS).getVolumes()).hasSize(1);
    }

    @Test
    void twoOperatorsWithoutALeaseNeverOverlap() {
        assertThat(only(ValuesCase.WITHOUT_LEADER_ELECTION, Deployment.class)
                        .getSpec()
                        .getStrategy()
                        .getType())
                .isEqualTo("Recreate");
        assertThat(cluster.chart()
                        .template(NAMESPACE, "{replicas: 2, leaderElection: {enabled: false}}")
                        .mustFail())
                .contains("replicas: only one may run while leaderElection.enabled is false");
    }

    @Test
    void anAccountThatItDoesNotMakeMustBeNamed() {
        assertThat(cluster.chart()
                        .template(NAMESPACE, "serviceAccount: {create: false}")
                        .mustFail())
                .contains("serviceAccount.name: name the ServiceAccount to use");
    }

    @Test
    void theDefaultImageIsTheChartsOwnVersion() {
        assertThat(operatorOf(podOf(ValuesCase.DEFAULTS)).getImage()).isEqualTo("shedmaster:0.1.0");
        assertThat(operatorOf(podOf(ValuesCase.EVERYTHING)).getImage())
                .startsWith("registry.example.org/ci/shedmaster@sha256:");
    }

    private List<HasMetadata> objects(ValuesCase values) {
        return cluster.objects(
                cluster.chart().template(NAMESPACE, values.yaml()).mustSucceed());
    }

    private <T extends HasMetadata> List<T> of(ValuesCase values, Class<T> kind) {
        return objects(values).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private <T extends HasMetadata> T only(ValuesCase values, Class<T> kind) {
        List<T> all = of(values, kind);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private <T extends HasMetadata> List<String> named(ValuesCase values, Class<T> kind) {
        return of(values, kind).stream()
                .map(object -> object.getMetadata().getNamespace() + "/"
                        + object.getMetadata().getName())
                .toList();
    }

    private List<PolicyRule> rules(ValuesCase values) {
        return Stream.concat(
                        of(values, Role.class).stream().flatMap(role -> role.getRules().stream()),
                        of(values, ClusterRole.class).stream().flatMap(role -> role.getRules().stream()))
                .toList();
    }

    private PodSpec podOf(ValuesCase values) {
        return only(values, Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static Container operatorOf(PodSpec pod) {
        return pod.getContainers().getFirst();
    }

    private EnvVar variable(ValuesCase values, String name) {
        return operatorOf(podOf(values)).getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
