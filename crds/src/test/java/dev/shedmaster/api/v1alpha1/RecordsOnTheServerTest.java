package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("The records and the API server mean the same")
@ExtendWith(ApiServer.Parameter.class)
class RecordsOnTheServerTest {

    private static final String HOST_KEY = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final Instant SOME_TIME = Instant.parse("2026-11-24T20:45:00.123Z");
    private static final Condition READY = new Condition(
            "Ready", ConditionStatus.TRUE, "Working", "All is well.", Instant.parse("2026-11-24T20:45:00Z"), 1L);

    @Test
    void defaultsOfTheServerAreThoseOfTheRecords(ApiServer server) {
        String namespace = server.namespace("records-defaults");
        for (Class<? extends CustomResource<?, ?>> kind : CrdRenderer.KINDS) {
            ObjectNode manifest = Manifests.valid(HasMetadata.getKind(kind));
            Object local = read(server, manifest, kind).getSpec();
            Object stored = server.client()
                    .resource(read(server, manifest, kind))
                    .inNamespace(namespace)
                    .create()
                    .getSpec();
            assertThat(stored).as(kind.getSimpleName()).isEqualTo(local);
        }
    }

    @Test
    void theStatusOfAPoolComesBackAsItWasWritten(ApiServer server) {
        WorkerPoolStatus status = new WorkerPoolStatus(
                1L,
                List.of(READY),
                9,
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                "7 = 9 queued - 1 idle, limited by max",
                List.of(new WaitingJob("os/nightly #7", SOME_TIME, "a machine boots for it")),
                List.of(new Decision(SOME_TIME, "3 more: 3 jobs wait", "ScaleUp")),
                List.of(new UnavailableOffering("Standard_D8ds_v5/1/Spot", SOME_TIME, "AllocationFailed")),
                "shedmaster.dev/pool=amd64-kvm");
        assertThat(written(server, "records-pool", WorkerPool.class, status)).isEqualTo(status);

        String table = server.kubectl("get", "workerpools", "-n", "records-pool");
        assertThat(table.lines().findFirst().orElseThrow().split(" +"))
                .containsExactly(
                        "NAME", "READY", "QUEUED", "IDLE", "BUSY", "BOOTING", "DESIRED", "MAX", "REASON", "AGE");
        assertThat(table).containsPattern("amd64-kvm +True +9 +1 +2 +3 +7 +5 +7 = 9 queued - 1 idle, limited by max");
    }

    @Test
    void aPoolCanBeScaledByItsMinimum(ApiServer server) {
        written(server, "records-scale", WorkerPool.class, WorkerPoolStatus.initial());
        server.kubectl("scale", "workerpool/amd64-kvm", "--replicas=3", "-n", "records-scale");
        assertThat(server.client()
                        .resources(WorkerPool.class)
                        .inNamespace("records-scale")
                        .withName("amd64-kvm")
                        .require()
                        .getSpec()
                        .scaling()
                        .min())
                .isEqualTo(3);
    }

    @Test
    void theStatusOfAWorkerComesBackAsItWasWritten(ApiServer server) {
        WorkerStatus status = new WorkerStatus(
                1L,
                WorkerPhase.BUSY,
                SOME_TIME,
                SOME_TIME,
                "JobRuns",
                "It runs a job.",
                null,
                SOME_TIME,
                new WorkerMachine(
                        "on-demand",
                        "Standard_D8ads_v6/regional/OnDemand",
                        new AzureMachine(
                                new NameReference("azure"),
                                "amd64-kvm-x7k2p",
                                "Standard_D8ads_v6",
                                null,
                                AzurePriority.ON_DEMAND),
                        null,
                        "/subscriptions/1/resourceGroups/ci-workers",
                        "https://management.azure.com/operations/1",
                        SOME_TIME),
                List.of(new RunningJob("17", "os/nightly #7", "https://jenkins.example.org/job/os/7/", SOME_TIME)),
                2,
                SOME_TIME,
                List.of(new Refusal(SOME_TIME, "Standard_D8ds_v5/1/Spot", "AllocationFailed", "No capacity.")),
                List.of(READY));
        assertThat(written(server, "records-worker", Worker.class, status)).isEqualTo(status);

        assertThat(server.kubectl("get", "workers", "-n", "records-worker"))
                .containsPattern("NAME +POOL +PHASE +PLACEMENT +JOB +AGE +REASON")
                .containsPattern(
                        "amd64-kvm-x7k2p +amd64-kvm +Busy +Standard_D8ads_v6/regional/OnDemand +os/nightly #7 +\\S+ +JobRuns");
        assertThat(server.kubectl("get", "workers", "-n", "records-worker", "-o", "wide"))
                .containsPattern("REASON +MESSAGE +MACHINE")
                .contains("It runs a job.");
        assertThat(workers(server, Map.of("spec.poolRef.name", "amd64-kvm", "status.phase", "Busy")))
                .hasSize(1);
        assertThat(workers(server, Map.of("spec.poolRef.name", "other"))).isEmpty();
        assertThat(workers(server, Map.of("status.phase", "Idle"))).isEmpty();
    }

    @Test
    void theStatusOfAJenkinsServerComesBackAsItWasWritten(ApiServer server) {
        JenkinsServerStatus status = new JenkinsServerStatus(
                1L,
                List.of(READY),
                "2.528.1",
                new JenkinsSession("1a2b3c4d", SOME_TIME),
                new QueueCounts(4, 3, 1, 2),
                List.of(new UnmatchedLabel("", 1, SOME_TIME, "No pool is of mode Normal.")),
                "1 job asks for what no pool serves");
        assertThat(written(server, "records-jenkins", JenkinsServer.class, status))
                .isEqualTo(status);
        assertThat(server.kubectl("get", "jks", "-n", "records-jenkins"))
                .containsPattern("NAME +URL +READY +VERSION +QUEUED +UNMATCHED +REASON +AGE")
                .containsPattern("jenkins +https://jenkins.example.org/ +True +2.528.1 +4 +1 +1 job asks");
    }

    @Test
    void theAddressOfAJenkinsCanBePutRightUntilItHasAnswered(ApiServer server) {
        server.namespace("jenkins-address");
        Resource<JenkinsServer> jenkins = server.client()
                .resource(read(server, Manifests.valid("JenkinsServer"), JenkinsServer.class))
                .inNamespace("jenkins-address");
        JenkinsServer created = jenkins.create();
        patchUrl(jenkins, "https://right.example.org/");
        JenkinsServer corrected = jenkins.get();
        corrected.setStatus(new JenkinsServerStatus(
                1L,
                List.of(READY),
                "2.528.1",
                new JenkinsSession("1a2b3c4d", null),
                QueueCounts.EMPTY,
                List.of(),
                null));
        server.client().resource(corrected).updateStatus();

        assertThatThrownBy(() -> patchUrl(jenkins, created.getSpec().url()))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.url cannot be changed once Jenkins has answered there")
                .hasMessageContaining("Make another JenkinsServer");
        assertThat(jenkins.get().getSpec().url()).isEqualTo("https://right.example.org/");
    }

    private static void patchUrl(Resource<JenkinsServer> jenkins, String url) {
        jenkins.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"url\":\"" + url + "\"}}");
    }

    @Test
    void theStatusOfASubscriptionComesBackAsItWasWritten(ApiServer server) {
        AzureSubscriptionStatus status = new AzureSubscriptionStatus(
                1L,
                List.of(READY),
                3,
                24,
                List.of(new UnavailableOffering("Standard_D8ds_v5/1/Spot", SOME_TIME, "AllocationFailed")),
                new LeakCounts(3, 2, 1),
                "quota is used up to 90 %");
        assertThat(written(server, "records-azure", AzureSubscription.class, status))
                .isEqualTo(status);
        assertThat(server.kubectl("get", "azsub", "-n", "records-azure"))
                .containsPattern("NAME +READY +LOCATION +GROUP +WORKERS +VCPUS +REASON +AGE")
                .containsPattern("azure +True +westeurope +ci-workers +3 +24 +quota is used up to 90 %");
    }

    @Test
    void theStatusOfAHetznerAccountComesBackAsItWasWritten(ApiServer server) {
        HetznerAccountStatus status = new HetznerAccountStatus(
                1L,
                List.of(READY),
                7,
                List.of(
                        new RequestAllowance("POST /reset", 30, 40, null),
                        new RequestAllowance("GET /server", 0, 180, SOME_TIME)),
                "Secret robot-login at version 7, shown to https://robot.example.org",
                "Robot takes no more GET /server for now");
        assertThat(written(server, "records-hetzner", HetznerAccount.class, status))
                .isEqualTo(status);
        assertThat(server.kubectl("get", "hza", "-n", "records-hetzner"))
                .containsPattern("NAME +READY +SERVERS +REASON +AGE")
                .containsPattern("robot +True +7 +Robot takes no more GET /server for now");
    }

    @Test
    void theStatusOfAHostComesBackAsItWasWritten(ApiServer server) {
        BareMetalHostStatus status = new BareMetalHostStatus(
                1L,
                HostPhase.PROVISIONING,
                SOME_TIME,
                "waits for the rescue system to answer",
                new HostTrouble("ProbeFailed", "there is no /dev/kvm", SOME_TIME),
                "192.0.2.7",
                new HostInspection("arm64", 80, "251Gi", List.of(new HostDisk("/dev/nvme0n1", "eui.1", "S4", "894Gi"))),
                new HostRoom(2, "32/76", "96Gi/244Gi", "2/4"),
                List.of(new HostDiskWear("/dev/nvme0n1", "S4", 7, 41_000L)),
                new HostRecord(
                        "AwaitRescue",
                        "it is new",
                        "Reinstallation",
                        3,
                        true,
                        2,
                        new HostReboot("Hardware", SOME_TIME, "b1", SOME_TIME, "Software"),
                        List.of(SOME_TIME),
                        SOME_TIME,
                        new HostRescue("9a", "b2", List.of("SHA256:x"), "eui.1", "eui.2"),
                        new HostSystem("9b", List.of("SHA256:y"), "b1"),
                        new HostWords("5f1c", SOME_TIME, "yes", SOME_TIME, SOME_TIME)),
                List.of(READY));
        assertThat(written(server, "records-host", BareMetalHost.class, status)).isEqualTo(status);
        assertThat(server.kubectl("get", "bmh", "-n", "records-host"))
                .containsPattern("NAME +PHASE +ARCH +WORKERS +CPUS +MEMORY +KVM +MESSAGE +AGE")
                .containsPattern(
                        "rx220-1 +Provisioning +arm64 +2 +32/76 +96Gi/244Gi +2/4 +waits for the rescue system to answer");
    }

    @Test
    void aHostOfOthersNeedsNoMoreThanItsAddressItsKeysAndItsSize(ApiServer server) {
        server.namespace("records-host-defaults");
        SshHost ssh = new SshHost("192.0.2.7", 22, "root", List.of(HOST_KEY), new SshKey(new SecretReference("k")));
        GenericKubernetesResource manifest = server.client()
                .getKubernetesSerialization()
                .unmarshal("""
                        apiVersion: shedmaster.dev/v1alpha1
                        kind: BareMetalHost
                        metadata: {name: h, namespace: records-host-defaults}
                        spec:
                          ssh: {address: 192.0.2.7, hostKeys: ["%s"], sshKey: {secretRef: {name: k}}}
                          hardware: {architecture: amd64, cpus: 8, memory: 32Gi}
                        """.formatted(HOST_KEY), GenericKubernetesResource.class);
        server.client().resource(manifest).create();
        assertThat(server.client()
                        .resources(BareMetalHost.class)
                        .inNamespace("records-host-defaults")
                        .withName("h")
                        .require()
                        .getSpec())
                .isEqualTo(new BareMetalHostSpec(
                        null,
                        ssh,
                        new HostHardware(Architecture.AMD64, 8, "32Gi", Kvm.REQUIRED),
                        null,
                        null,
                        null,
                        new HostReserve(1, "2Gi"),
                        HostSlots.DEFAULT,
                        true,
                        new HostMaintenance(false, List.of(), null),
                        List.of(),
                        HostDeletionPolicy.RETAIN));
    }

    @Test
    void aHetznerAccountNeedsNoMoreThanItsSecrets(ApiServer server) {
        server.namespace("records-hetzner-defaults");
        HetznerAccountSpec spec = server.client()
                .resource(read(server, Manifests.valid("HetznerAccount"), HetznerAccount.class))
                .inNamespace("records-hetzner-defaults")
                .create()
                .getSpec();
        assertThat(spec)
                .isEqualTo(new HetznerAccountSpec(
                        "https://robot-ws.your-server.de",
                        new HetznerCredentials(new SecretReference("robot-login")),
                        new SshKey(new SecretReference("host-key")),
                        new HetznerLimits(2, 40),
                        null,
                        null));
    }

    @Test
    void emptyStatusesAreAccepted(ApiServer server) {
        assertThat(written(server, "records-initial-pool", WorkerPool.class, WorkerPoolStatus.initial()))
                .isEqualTo(WorkerPoolStatus.initial());
        assertThat(written(server, "records-initial-worker", Worker.class, WorkerStatus.initial()))
                .isEqualTo(WorkerStatus.initial());
        assertThat(written(server, "records-initial-jenkins", JenkinsServer.class, JenkinsServerStatus.initial()))
                .isEqualTo(JenkinsServerStatus.initial());
        assertThat(written(server, "records-initial-azure", AzureSubscription.class, AzureSubscriptionStatus.initial()))
                .isEqualTo(AzureSubscriptionStatus.initial());
        assertThat(written(server, "records-initial-hetzner", HetznerAccount.class, HetznerAccountStatus.initial()))
                .isEqualTo(HetznerAccountStatus.initial());
        assertThat(written(server, "records-initial-host", BareMetalHost.class, BareMetalHostStatus.initial()))
                .isEqualTo(BareMetalHostStatus.initial());
    }

    @Test
    void anOldStatusIsNotWrittenOverANewOne(ApiServer server) {
        written(server, "records-lock", WorkerPool.class, WorkerPoolStatus.initial());
        Resource<WorkerPool> resource = server.client()
                .resources(WorkerPool.class)
                .inNamespace("records-lock")
                .withName("amd64-kvm");
        WorkerPool seen = resource.require();
        server.kubectl("annotate", "workerpool/amd64-kvm", "someone=else", "-n", "records-lock");
        seen.setStatus(WorkerPoolStatus.initial());
        KubernetesClientException refusal = catchThrowableOfType(
                KubernetesClientException.class,
                () -> server.client().resource(seen).updateStatus());
        assertThat(refusal).isNotNull();
        assertThat(refusal.getCode()).isEqualTo(409);
    }

    @Test
    void explainTellsWhatAFieldIsFor(ApiServer server) {
        assertThat(server.kubectl("explain", "workerpool")).contains("Interchangeable workers for one CI system.");
        assertThat(server.kubectl("explain", "workerpool.spec.scaling.max"))
                .contains("The most workers that there may be. 0 pauses the pool");
    }

    private static List<Worker> workers(ApiServer server, Map<String, String> fields) {
        return server.client()
                .resources(Worker.class)
                .inNamespace("records-worker")
                .withFields(fields)
                .list()
                .getItems();
    }

    /** The status as it is read after it was written to a valid object in a namespace of its own. */
    private static <S, T extends CustomResource<?, S>> S written(
            ApiServer server, String namespace, Class<T> kind, S status) {
        server.namespace(namespace);
        T object = server.client()
                .resource(read(server, Manifests.valid(HasMetadata.getKind(kind)), kind))
                .inNamespace(namespace)
                .create();
        object.setStatus(status);
        server.client().resource(object).updateStatus();
        return server.client()
                .resources(kind)
                .inNamespace(namespace)
                .withName(object.getMetadata().getName())
                .require()
                .getStatus();
    }

    private static <T extends HasMetadata> T read(ApiServer server, ObjectNode manifest, Class<T> kind) {
        return server.client().getKubernetesSerialization().convertValue(manifest, kind);
    }
}
