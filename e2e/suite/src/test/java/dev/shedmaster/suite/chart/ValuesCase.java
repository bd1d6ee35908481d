package dev.shedmaster.suite.chart;

import java.util.List;

/** Values that someone would install the chart with. */
enum ValuesCase {
    DEFAULTS(""),

    EVERYTHING("""
            image:
              repository: registry.example.org/ci/shedmaster
              digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
              pullPolicy: Always
            imagePullSecrets: [{name: pull}]
            fullnameOverride: shed
            installation: 6f1a4f2c-33f5-4b6e-9f0d-0c8f5e0b7a11
            watchNamespaces: [chart-watched, "{{ .Release.Namespace }}"]
            secrets: {names: [jenkins-token, azure-login]}
            configMaps: {names: [templates]}
            replicas: 3
            leaderElection: {leaseName: the-lead}
            log: {format: plain}
            javaOptions: -Xmx384m -XX:+UseStringDeduplication
            extraEnv:
              - {name: HTTPS_PROXY, value: "http://proxy.example.org:3128"}
              - name: NODE
                valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
            serviceAccount:
              name: shedmaster-robot
              annotations: {azure.workload.identity/client-id: 00000000-0000-0000-0000-000000000000}
            workloadIdentity: {enabled: true}
            http: {port: 9090}
            metrics:
              service: {annotations: {prometheus.io/scrape: "true"}}
              serviceMonitor: {enabled: true, interval: 15s, labels: {release: prometheus}}
            resources:
              requests: {cpu: 250m, memory: 512Mi}
              limits: {cpu: 2, memory: 768Mi}
            terminationGracePeriodSeconds: 60
            podAnnotations: {example.org/team: ci}
            podLabels: {example.org/team: ci, app.kubernetes.io/name: someone-elses}
            priorityClassName: system-cluster-critical
            nodeSelector: {kubernetes.io/arch: arm64}
            tolerations: [{key: ci, operator: Exists, effect: NoSchedule}]
            affinity:
              podAntiAffinity:
                preferredDuringSchedulingIgnoredDuringExecution:
                  - weight: 1
                    podAffinityTerm:
                      topologyKey: kubernetes.io/hostname
                      labelSelector: {matchLabels: {app.kubernetes.io/name: shedmaster}}
            topologySpreadConstraints:
              - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway}
            """),

    WHOLE_CLUSTER("watchNamespaces: []"),

    ONE_OTHER_NAMESPACE("watchNamespaces: [chart-watched]"),

    WITHOUT_LEADER_ELECTION("leaderElection: {enabled: false}"),

    TOLD_AND_WITHOUT_LEADER_ELECTION("{installation: told, leaderElection: {enabled: false}}"),

    OTHERS_RIGHTS("""
            rbac: {create: false}
            serviceAccount: {create: false, name: someone}
            """),

    BARE("""
            metrics: {service: {enabled: false}}
            podDisruptionBudget: {enabled: false}
            """),

    MONITOR_WITHOUT_SERVICE("metrics: {service: {enabled: false}, serviceMonitor: {enabled: true}}"),

    PART_OF_ANOTHER_CHART("global: {imageRegistry: registry.example.org}");

    /** The namespace beside the release's own that some of them watch. */
    static final String WATCHED = "chart-watched";

    private final String yaml;

    ValuesCase(String yaml) {
        this.yaml = yaml;
    }

    String yaml() {
        return yaml;
    }

    /** The namespaces that it is granted a Role in; none means the whole cluster. */
    List<String> watched(String releaseNamespace) {
        return switch (this) {
            case EVERYTHING -> List.of(WATCHED, releaseNamespace);
            case WHOLE_CLUSTER, OTHERS_RIGHTS -> List.of();
            case ONE_OTHER_NAMESPACE -> List.of(WATCHED);
            default -> List.of(releaseNamespace);
        };
    }
}
