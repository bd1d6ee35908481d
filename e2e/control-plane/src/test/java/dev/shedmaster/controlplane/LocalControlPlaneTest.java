package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A control plane of programs that are built here: what it can do, and that it is gone afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalControlPlaneTest {

    private ControlPlane controlPlane;
    private Kubectl kubectl;

    @BeforeAll
    void start() {
        controlPlane = Builds.start(options -> options.withControllers().withHelm());
        kubectl = new Kubectl(controlPlane.kubectl(), controlPlane.kubeconfig());
    }

    @AfterAll
    void end() {
        controlPlane.close();
    }

    @Test
    void kubectlAndTheServerAreOfTheVersionThatIsPinned() {
        assertThat(kubectl.output("version"))
                .contains("Client Version: v" + PinnedRelease.kubernetes())
                .contains("Server Version: v" + PinnedRelease.kubernetes());
    }

    @Test
    void helmRendersForTheServersVersionAndTalksToIt() {
        assertThat(new Program(controlPlane.helm()).output("version", "--short"))
                .startsWith("v3.22.0");
        assertThat(new Program(controlPlane.helm())
                        .output(
                                "list",
                                "--kubeconfig",
                                controlPlane.kubeconfig().toString()))
                .startsWith("NAME");
    }

    @Test
    void appliesOnTheServersSide() {
        assertThat(kubectl.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: applied, namespace: default}
                data: {engine: "4468"}
                """)).contains("configmap/applied serverside-applied");
        assertThat(kubectl.output("get", "configmap", "applied", "-o", "jsonpath={.data.engine}"))
                .isEqualTo("4468");
    }

    @Test
    void aServiceAccountMayDoWhatItsRoleSaysAndNoMore() {
        kubectl.output("create", "namespace", "shed");
        kubectl.output("create", "serviceaccount", "fireman", "-n", "shed");
        Kubectl fireman = new Kubectl(controlPlane.kubectl(), controlPlane.kubeconfigFor("shed", "fireman"));

        assertThat(fireman.output("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"))
                .isEqualTo("system:serviceaccount:shed:fireman");
        assertThat(fireman.run("get", "configmaps").errors())
                .contains("Forbidden")
                .contains("cannot list resource");

        kubectl.output("create", "role", "reader", "-n", "shed", "--verb=list", "--resource=configmaps");
        kubectl.output(
                "create", "rolebinding", "reader", "-n", "shed", "--role=reader", "--serviceaccount=shed:fireman");
        // The authorizer hears of a role by its own watch.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(fireman.run("get", "configmaps").status()).isZero());
        assertThat(fireman.run("get", "secrets").errors()).contains("Forbidden");
        assertThat(fireman.run("get", "configmaps", "-n", "default").errors()).contains("Forbidden");
    }

    @Test
    void theApiServerComesBackToItsPortAndItsData() {
        kubectl.output("create", "configmap", "kept", "--from-literal=wheels=4-6-2");
        kubectl.output("create", "serviceaccount", "signalman");
        Kubectl signalman = new Kubectl(controlPlane.kubectl(), controlPlane.kubeconfigFor("default", "signalman"));

        controlPlane.stopApiServer();
        controlPlane.stopApiServer(); // again, which is nothing
        assertThat(kubectl.run("get", "--raw=/readyz").errors()).contains("refused");
        controlPlane.startApiServer();
        controlPlane.startApiServer();

        assertThat(kubectl.output("get", "configmap", "kept", "-o", "jsonpath={.data.wheels}"))
                .isEqualTo("4-6-2");
        assertThat(signalman.output("auth", "whoami")).contains("system:serviceaccount:default:signalman");
    }

    @Test
    void aDeletedNamespaceVanishesWithWhatIsInIt() {
        kubectl.output("create", "namespace", "scrapped");
        kubectl.output("create", "configmap", "parts", "-n", "scrapped");
        kubectl.output("delete", "namespace", "scrapped", "--timeout=60s");
        assertThat(kubectl.run("get", "namespace", "scrapped").errors()).contains("NotFound");
    }

    @Test
    void whatIsOwnedGoesWithItsOwner() {
        kubectl.output("create", "configmap", "owner");
        String uid = kubectl.output("get", "configmap", "owner", "-o", "jsonpath={.metadata.uid}");
        kubectl.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: owned
                  namespace: default
                  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]
                """.formatted(uid));
        kubectl.output("delete", "configmap", "owner");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                kubectl.run("get", "configmap", "owned").errors())
                        .contains("NotFound"));
    }

    @Test
    void tellsItsMetrics() {
        assertThat(controlPlane.metrics()).contains("apiserver_request_total{");
    }
}
