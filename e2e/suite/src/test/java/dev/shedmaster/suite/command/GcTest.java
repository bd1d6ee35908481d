package dev.shedmaster.suite.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.suite.Program;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.GroupMachine;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@DisplayName("gc lists what no worker accounts for, and touches nothing")
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class GcTest {
    private static final String KNOWN = "sm-pool-aaaaaaaa";
    private static final String LEAKED = "sm-pool-bbbbbbbb";

    @Test
    void aMachineWithoutAWorkerIsListedAndNoOther(Trial trial) {
        World world = trial.unserved();
        Fleet.of(world).connected();
        GroupMachine known = ours(world, KNOWN);
        GroupMachine leaked = ours(world, LEAKED);
        GroupMachine foreign = GroupMachine.made(world, "database", "");
        world.apply("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: Worker
                metadata: {name: %1$s}
                spec:
                  poolRef: {name: pool}
                  ci: {jenkins: {serverRef: {name: jenkins}, node: %1$s}}
                  placement:
                    name: main
                    azure: {subscriptionRef: {name: azure}, machine: %1$s, vmSize: Standard_D2ds_v5, priority: OnDemand}
                  templateHash: 2f1a5c
                """.formatted(KNOWN));

        String account = world.namespace() + "/azure";
        assertThat(gc(world, 4))
                .startsWith("looking for what was made by installation " + installation(world) + ", which is the UID of"
                        + " namespace " + world.namespace() + "\n")
                .contains(account + ": ")
                .containsPattern("machine +" + LEAKED + " +made for worker " + world.namespace() + "/" + LEAKED)
                .doesNotContain(KNOWN, "database");
        assertThat(gc(world, 0, "--installation", "another"))
                .isEqualTo("looking for what was made by installation another, which is what --installation says\n"
                        + account + ": nothing is left behind\n");
        assertThat(List.of(known, leaked, foreign)).allMatch(GroupMachine::exists);

        leaked.delete();
        world.all(Worker.class).withName(KNOWN).delete();
        known.delete();
        foreign.delete();
        assertThat(gc(world, 0)).endsWith(account + ": nothing is left behind\n");
    }

    @Test
    void anAccountThatCannotBeAskedIsToldWithItsReason(Trial trial) {
        World world = trial.unserved();
        assertThat(gc(world, 0)).endsWith("there are no AzureSubscriptions\n");
        world.apply(Manifests.azure(world.lab())
                .replace(world.lab().azure().options().account().clientSecret(), "a-secret-of-last-year"));
        String trouble = world.namespace() + "/azure: could not be read: ";
        assertThat(gc(world, 1))
                .contains(trouble + "Azure refuses the credential: ")
                .doesNotContain("a-secret-of-last-year");
        world.all(Secret.class).withName("azure-secret").delete();
        assertThat(gc(world, 1))
                .contains(trouble + "there is no Secret " + world.namespace() + "/azure-secret: create it");
    }

    @Test
    void aSecretThatMayNotBeReadStandsInTheWayOfItsAccountAlone(Trial trial) {
        World world = trial.unserved();
        Fleet.of(world).connected();
        world.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: visitor}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: visitor}
                rules:
                  - {apiGroups: [shedmaster.dev], resources: [azuresubscriptions, workers], verbs: [list]}
                  - {apiGroups: [""], resources: [namespaces], verbs: [get]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: visitor}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: visitor}
                subjects: [{kind: ServiceAccount, name: visitor}]
                """);
        assertThat(gc(world.cluster().actingAs(world.namespace(), "visitor"), world, 1))
                .contains(
                        "/azure: could not be read: secrets \"azure-secret\" is forbidden: User \"system:serviceaccount:"
                                + world.namespace() + ":visitor\" cannot get resource");
    }

    @Test
    void withoutDryRunItDoesNothing(Trial trial) {
        World world = trial.unserved();
        Program.Outcome outcome =
                Shedmaster.with(world.cluster().controlPlane().kubeconfig()).run("gc");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.output())
                .isEqualTo(
                        "shedmaster: gc only lists, and wants to hear it: pass --dry-run. The running operator deletes"
                                + " what is left behind, after two looks and a grace period\n");
    }

    /** A machine that the operator of this namespace has made. */
    private static GroupMachine ours(World world, String name) {
        return GroupMachine.made(
                world,
                name,
                "\"shedmaster-installation\": \"%s\", \"shedmaster-pool\": \"%s\", \"shedmaster-worker\": \"%s\""
                        .formatted(installation(world), world.namespace() + "/pool", world.namespace() + "/" + name));
    }

    private static String installation(World world) {
        return world.cluster()
                .client()
                .namespaces()
                .withName(world.namespace())
                .require()
                .getMetadata()
                .getUid();
    }

    /** What it prints in the operator's pod. */
    private static String gc(World world, int status, String... further) {
        return gc(world.cluster().actingAs(world.namespace(), "shedmaster"), world, status, further);
    }

    private static String gc(Path kubeconfig, World world, int status, String... further) {
        List<String> arguments = new ArrayList<>(List.of("gc", "--dry-run", "--namespaces", world.namespace()));
        arguments.addAll(List.of(further));
        Program.Outcome outcome = Shedmaster.with(kubeconfig, Map.of("POD_NAMESPACE", world.namespace()))
                .runWith("", arguments);
        assertThat(outcome.status()).as(outcome.output()).isEqualTo(status);
        return outcome.output();
    }
}
