package dev.shedmaster.suite.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Values that can't be meant are refused, and the field is named")
@ExtendWith(Cluster.Parameter.class)
class ValuesSchemaTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            replica: 2                                       | replica
            replicas: two                                    | /replicas
            replicas: -1                                     | /replicas
            replicas: 6                                      | /replicas
            image: {repository: ''}                          | /image/repository
            image: {tags: latest}                            | tags
            image: {tag: 'a b'}                              | /image/tag
            image: {digest: 'sha1:00'}                       | /image/digest
            image: {pullPolicy: Sometimes}                   | /image/pullPolicy
            imagePullSecrets: [pull]                         | /imagePullSecrets/0
            imagePullSecrets: [{nam: pull}]                  | /imagePullSecrets/0
            installation: a b                                | /installation
            installation: -a                                 | /installation
            installation: 7                                  | /installation
            watchNamespaces: ci                              | /watchNamespaces
            watchNamespaces: [Ci]                            | /watchNamespaces/0
            watchNamespaces: ['*']                           | /watchNamespaces/0
            watchNamespaces: [ci, ci]                        | /watchNamespaces
            watchNamespaces: ['{{ .Values.x }}']             | /watchNamespaces/0
            secrets: [jenkins-token]                         | /secrets
            secrets: {names: [Jenkins_Token]}                | /secrets/names/0
            configMaps: {name: [x]}                          | /configMaps
            leaderElection: false                            | /leaderElection
            leaderElection: {enabled: 'no'}                  | /leaderElection/enabled
            leaderElection: {leaseName: A}                   | /leaderElection/leaseName
            log: {format: xml}                               | /log/format
            javaOptions: [-Xmx1g]                            | /javaOptions
            extraEnv: {A: b}                                 | /extraEnv
            extraEnv: [{value: b}]                           | /extraEnv/0
            extraEnv: [{name: POD_NAMESPACE, value: b}]      | /extraEnv/0/name
            serviceAccount: {annotations: {a: 1}}            | /serviceAccount/annotations/a
            serviceAccount: {name: Bad Name}                 | /serviceAccount/name
            rbac: {create: 1}                                | /rbac/create
            workloadIdentity: {clientId: x}                  | clientId
            http: {port: 80}                                 | /http/port
            http: {port: 70000}                              | /http/port
            metrics: {enabled: true}                         | enabled
            metrics: {serviceMonitor: {interval: soon}}      | /metrics/serviceMonitor/interval
            podDisruptionBudget: {minAvailable: 1}           | minAvailable
            podDisruptionBudget: {maxUnavailable: 0}         | /podDisruptionBudget/maxUnavailable
            resources: {limits: {memory: much}}              | /resources/limits/memory
            resources: {limit: {}}                           | limit
            terminationGracePeriodSeconds: 39                | /terminationGracePeriodSeconds
            podLabels: [a]                                   | /podLabels
            tolerations: {key: a}                            | /tolerations
            topologySpreadConstraints: [{maxSkew: 1}]        | /topologySpreadConstraints/0
            nodeSelector: {a: true}                          | /nodeSelector/a
            """)
    void refused(String values, String field, Cluster cluster) {
        assertThat(cluster.chart().template("chart-refused", values).mustFail())
                .contains("values don't meet the specifications of the schema")
                .contains(field);
    }

    @Test
    void theOperatorsEndMayTakeNoLongerThanItNeeds(Cluster cluster) {
        assertThat(cluster.chart()
                        .template("chart-accepted", "terminationGracePeriodSeconds: 40")
                        .mustSucceed())
                .contains("terminationGracePeriodSeconds: 40\n");
    }
}
