package dev.shedmaster.suite.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A real API server takes the chart")
@ExtendWith(Cluster.Parameter.class)
class InstallationTest {

    /** Enough of the Prometheus operator for a ServiceMonitor to be an object. */
    private static final String SERVICE_MONITORS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: servicemonitors.monitoring.coreos.com}
            spec:
              group: monitoring.coreos.com
              names: {kind: ServiceMonitor, plural: servicemonitors, singular: servicemonitor}
              scope: Namespaced
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties: {spec: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    @BeforeAll
    static void prepare(Cluster cluster) {
        cluster.apply(SERVICE_MONITORS);
        cluster.kubectl(
                "wait", "--for=condition=Established", "--timeout=30s", "crd/servicemonitors.monitoring.coreos.com");
        cluster.namespace(ValuesCase.WATCHED);
    }

    @ParameterizedTest
    @EnumSource
    void itIsAppliedAndThenUnchanged(ValuesCase values, Cluster cluster) {
        String namespace = cluster.namespace("chart-applied-"
                + values.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        String manifests = cluster.chart().template(namespace, values.yaml()).mustSucceed();
        cluster.apply(manifests);
        // What the server made of it says the same: no field was dropped, and none is fought over.
        cluster.kubectl()
                .runWith(manifests, List.of("diff", "--server-side", "-f", "-"))
                .mustSucceed();
        for (HasMetadata object : cluster.objects(manifests)) {
            assertThat(cluster.client().resource(object).get()).isNotNull();
        }
        cluster.kubectl()
                .runWith(manifests, List.of("delete", "--wait=false", "-f", "-"))
                .mustSucceed();
    }

    @Test
    void helmInstallsUpgradesAndRemovesIt(Cluster cluster) {
        String chart = Chart.FOLDER.toString();
        String first = cluster.helm()
                .run("install", "one", chart, "--namespace", "chart-installed", "--create-namespace")
                .mustSucceed();
        assertThat(first)
                .contains("watches chart-installed.")
                .contains("kubectl apply --server-side")
                .contains("It may read every Secret of these namespaces");
        // Another one in its own namespace is no conflict, neither over CRDs nor over names.
        cluster.helm()
                .run(
                        "install",
                        "two",
                        chart,
                        "--namespace",
                        "chart-installed-too",
                        "--create-namespace",
                        "--set-json",
                        "watchNamespaces=[]")
                .mustSucceed();
        assertThat(cluster.helm()
                        .run(
                                "upgrade",
                                "one",
                                chart,
                                "--namespace",
                                "chart-installed",
                                "--set",
                                "replicas=2",
                                "--set",
                                "secrets.names={jenkins-token}")
                        .mustSucceed())
                .doesNotContain("It may read every Secret");
        assertThat(cluster.client()
                        .apps()
                        .deployments()
                        .inNamespace("chart-installed")
                        .withName("one-shedmaster")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
        for (String release : List.of("one", "two")) {
            String namespace = release.equals("one") ? "chart-installed" : "chart-installed-too";
            cluster.helm().run("uninstall", release, "--namespace", namespace).mustSucceed();
            assertThat(cluster.kubectl(
                            "get",
                            "deployments,roles,rolebindings,services,poddisruptionbudgets",
                            "-n",
                            namespace,
                            "-o",
                            "name"))
                    .isEmpty();
        }
        assertThat(cluster.kubectl("get", "clusterroles,clusterrolebindings", "-o", "name"))
                .doesNotContain("two-shedmaster");
        // A fleet must outlive its operator.
        assertThat(cluster.kubectl("get", "crd", "-o", "name")).contains("workerpools.shedmaster.dev");
    }
}
