package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A record makes sense of what is absent, unknown or too long")
class RecordsTest {

    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    private static final Instant SOME_TIME = Instant.parse("2026-11-24T20:45:00Z");

    @Test
    void absentPartsHaveTheirDefaults() {
        WorkerPoolSpec spec = KUBERNETES.unmarshal("""
                ci: {jenkins: {serverRef: {name: jenkins}, labels: [amd64]}}
                machine: {architecture: amd64, cpus: 8, memory: 32Gi}
                placements:
                  - name: spot
                    azure: {subscriptionRef: {name: azure}, vmSizes: [Standard_D8ds_v5], image: {id: x}, subnetId: y}
                scaling: {max: 5}
                """, WorkerPoolSpec.class);

        assertThat(spec.bootstrap()).isEqualTo(Bootstrap.DEFAULT);
        assertThat(spec.lifecycle()).isEqualTo(Lifecycle.DEFAULT);
        assertThat(spec.machine().kvm()).isEqualTo(Kvm.UNNEEDED);
        assertThat(spec.scaling()).isEqualTo(new Scaling(0, 5, ScalingProfile.BALANCED, null, List.of(), 0, 1, null));
        AzurePlacement azure = spec.placements().getFirst().azure();
        assertThat(azure).isNotNull();
        assertThat(azure.osDisk()).isEqualTo(OsDisk.DEFAULT);
        assertThat(azure.acceleratedNetworking()).isTrue();
        assertThat(azure.publicIp()).isFalse();
        assertThat(azure.priority()).isEqualTo(AzurePriority.ON_DEMAND);
        assertThat(azure.zones()).isEmpty();
        assertThat(azure.identities()).isEmpty();
        assertThat(azure.tags()).isEmpty();
    }

    @Test
    void slotsOnHostsHaveTheirDefaults() {
        Placement placement = KUBERNETES.unmarshal("name: own-hosts\nhosts: {}", Placement.class);
        HostPlacement hosts = placement.hosts();
        assertThat(hosts).isNotNull();
        assertThat(hosts.selector()).isEqualTo(HostSelector.ALL);
        assertThat(hosts.isolation()).isEqualTo(HostIsolation.VIRTUAL_MACHINE);
        assertThat(hosts.imageOrUsual()).isEqualTo(WorkerImage.onHosts("worker-jenkins"));
        assertThat(hosts.resolversOrPublic()).containsExactly("1.1.1.1", "8.8.8.8");
        assertThat(hosts.refusedNetworks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                                   | true
            matchLabels: {class: rx220}                                                          | true
            matchLabels: {class: rx170}                                                          | false
            matchLabels: {class: rx220, rack: a}                                                 | false
            matchExpressions: [{key: class, operator: In, values: [rx170, rx220]}]               | true
            matchExpressions: [{key: class, operator: In, values: [rx170]}]                      | false
            matchExpressions: [{key: rack, operator: In, values: [a]}]                           | false
            matchExpressions: [{key: class, operator: NotIn, values: [rx220]}]                   | false
            matchExpressions: [{key: rack, operator: NotIn, values: [a]}]                        | true
            matchExpressions: [{key: class, operator: Exists}]                                   | true
            matchExpressions: [{key: rack, operator: Exists}]                                    | false
            matchExpressions: [{key: rack, operator: DoesNotExist}]                              | true
            matchExpressions: [{key: class, operator: DoesNotExist}]                             | false
            matchExpressions: [{key: class, operator: Exists}, {key: rack, operator: Exists}]    | false
            """)
    void aSelectorFindsHostsByTheirLabels(String selector, boolean found) {
        assertThat(KUBERNETES.unmarshal(selector, HostSelector.class).matches(Map.of("class", "rx220", "site", "fsn")))
                .isEqualTo(found);
    }

    @Test
    void fieldsOfANewerOperatorArePassedOver() {
        JenkinsServerSpec spec = KUBERNETES.unmarshal("""
                url: https://jenkins.example.org/
                credentials: {secretRef: {name: jenkins-token, of-the-future: 1}}
                of-the-future: {a: [1, 2]}
                """, JenkinsServerSpec.class);
        assertThat(spec.credentials()).isEqualTo(new JenkinsCredentials(new SecretReference("jenkins-token")));
    }

    @Test
    void whatIsAbsentIsNotWritten() {
        assertThat(KUBERNETES.asJson(new BudgetLimit("20 EUR", null))).isEqualTo("{\"soft\":\"20 EUR\"}");
        assertThat(KUBERNETES.asJson(new Schedule("nightly", "45 20 * * *", "Etc/UTC", "4h", 6, null)))
                .isEqualTo(
                        "{\"name\":\"nightly\",\"cron\":\"45 20 * * *\",\"timeZone\":\"Etc/UTC\",\"for\":\"4h\",\"min\":6}");
        assertThat(KUBERNETES.asJson(new WaitingJob("os #7", SOME_TIME, "")))
                .isEqualTo("{\"job\":\"os #7\",\"since\":\"2026-11-24T20:45:00Z\",\"why\":\"\"}");
    }

    @Test
    void aStatusIsCutToWhatTheSchemaAllows() {
        List<Decision> decisions = IntStream.range(0, 60)
                .mapToObj(number -> new Decision(SOME_TIME, "decision " + number, "ScaleUp"))
                .toList();
        WorkerPoolStatus status = new WorkerPoolStatus(
                null, List.of(), 0, 0, 0, 0, 0, 0, 0, 0, null, List.of(), decisions, List.of(), null);
        assertThat(status.decisions()).hasSize(50).startsWith(decisions.getFirst());
    }
}
