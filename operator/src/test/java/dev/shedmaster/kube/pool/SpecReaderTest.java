package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.kube.machine.AzureOfferings;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecReaderTest {
    private final Informed<JenkinsServer> servers = new Informed<>(JenkinsServer.class, woken -> {});
    private final Informed<AzureSubscription> subscriptions = new Informed<>(AzureSubscription.class, woken -> {});
    private final KubernetesClient unasked = new KubernetesClientBuilder().build();
    private final SpecReader reader = new SpecReader(
            servers.known(),
            subscriptions.known(),
            new ReferencedObjects(unasked, InstantSource.system()),
            new AzureOfferings(subscriptions.known()));

    @BeforeEach
    void begin() {
        servers.put(Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: JenkinsServer
                metadata: {namespace: ci, name: jenkins}
                """, JenkinsServer.class));
        subscriptions.put(Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: AzureSubscription
                metadata: {namespace: ci, name: azure}
                spec: {location: westeurope}
                """, AzureSubscription.class));
    }

    @AfterEach
    void end() {
        unasked.close();
    }

    private static WorkerPool pool(String machine, String sizes) {
        return Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {namespace: ci, name: kvm}
                spec:
                  ci: {jenkins: {serverRef: {name: jenkins}, labels: [amd64]}}
                  machine: {architecture: amd64, %s}
                  placements:
                    - name: spot
                      azure: {subscriptionRef: {name: azure}, vmSizes: [%s], image: {id: /image}, subnetId: /subnet}
                  scaling: {max: 2}
                """.formatted(machine, sizes), WorkerPool.class);
    }

    private PortError refusal(String machine, String sizes) {
        Outcome<PoolBlueprint> drawn = reader.draw(pool(machine, sizes), () -> {});
        assertThat(drawn).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<PoolBlueprint>) drawn).error();
    }

    @Test
    void sizesThatHaveWhatThePoolAsksForAreItsLadder() {
        assertThat(reader.draw(pool("cpus: 8, memory: 32Gi", "Standard_D8ds_v5, Standard_M8ms"), () -> {}))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(((PoolBlueprint) done.value()).ladder())
                                .hasSize(2)
                                .extracting(Offering::network)
                                .containsOnly("/subnet"));
    }

    @Test
    void itsMachinesAreToldTheCertificatesThatTheCiSystemGave() {
        String pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        AgentCredentials agent = new AgentCredentials(URI.create("https://jenkins.example.org/"), "w", "s", pem);
        Outcome<MachineOrder> order = reader.draw(pool("cpus: 8, memory: 32Gi", "Standard_D8ds_v5"), () -> {})
                .then(pool -> pool.machineOrder(
                        "w", pool.ladder().getFirst(), new MachineOwner("i", "ci/kvm", "ci/w", "u"), agent));
        assertThat(order)
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(Pattern.compile("base64,([A-Za-z0-9+/=]+)")
                                        .matcher(((MachineOrder) done.value()).bootData())
                                        .results()
                                        .map(part -> new String(
                                                Base64.getDecoder().decode(part.group(1)), StandardCharsets.UTF_8)))
                                .anyMatch(file -> file.contains(pem)));
    }

    @Test
    void aSizeWithTooFewCpusIsRefusedWithItsPlacement() {
        assertThat(refusal("cpus: 8, memory: 16Gi", "Standard_D8ds_v5, Standard_D4ds_v5"))
                .isEqualTo(new PortError.Invalid(
                        "spec.placements[spot].azure",
                        "spec.placements[spot].azure: vmSizes: Standard_D4ds_v5 has 4 vCPUs, and spec.machine.cpus asks"
                                + " for 8: take a larger size, or ask for less"));
    }

    @Test
    void aSizeWithTooLittleMemoryIsRefusedToo() {
        assertThat(refusal("cpus: 8, memory: 32769Mi", "Standard_D8ds_v5").message())
                .contains("Standard_D8ds_v5 has 32 GiB of memory, and spec.machine.memory asks for 33 GiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "networkSecurityGroupId: /nsg",
                "securityType: TrustedLaunch",
                "acceleratedNetworking: false",
                "tags: {team: build}",
                "adminUsername: core",
                "sshPublicKey: ssh-ed25519 AAAA",
                "publicIp: true",
                "identities: [/identity]"
            })
    void whatItsMachinesAreMadeOfIsPartOfTheTemplate(String setting) {
        assertThat(hash(setting)).isNotEqualTo(hash("publicIp: false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"priority: Spot", "zones: ['1', '2']", "publicIp: false"})
    void whereItsMachinesRunIsNone(String setting) {
        assertThat(hash(setting)).isEqualTo(hash("publicIp: false"));
    }

    @Test
    void theOrderOfNamesIsNone() {
        assertThat(hash("tags: {a: one, b: two}")).isEqualTo(hash("tags: {b: two, a: one}"));
    }

    private String hash(String setting) {
        WorkerPool pool = Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {namespace: ci, name: kvm}
                spec:
                  ci: {jenkins: {serverRef: {name: jenkins}, labels: [amd64]}}
                  machine: {architecture: amd64, cpus: 8, memory: 16Gi}
                  placements:
                    - name: spot
                      azure:
                        subscriptionRef: {name: azure}
                        vmSizes: [Standard_D8ds_v5]
                        image: {id: /image}
                        subnetId: /subnet
                        %s
                  scaling: {max: 2}
                """.formatted(setting), WorkerPool.class);
        return switch (reader.draw(pool, () -> {})) {
            case Outcome.Done<PoolBlueprint> done -> done.value().templateHash();
            case Outcome.Failed<PoolBlueprint> failed ->
                throw new AssertionError(failed.error().message());
        };
    }
}
