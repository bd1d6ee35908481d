package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.lab.azure.identity.Account;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.fault.Scope;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a person gets wrong is told with what to do about it, and doing that heals without a restart. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class MistakeTest {

    @Test
    void aSecretOfJenkinsThatIsMissing(Trial trial) {
        World world = trial.served();
        String manifests = Manifests.jenkins(world.lab());
        int second = manifests.indexOf("---");
        world.apply(manifests.substring(second));
        world.apply(Manifests.azure(world.lab()));
        Fleet fleet = Fleet.of(world).with(PoolText.named("pool"));
        fleet.awaitServer(status -> assertThat(Fleet.condition(status.conditions(), "Ready"))
                .startsWith("FALSE: Misconfigured")
                .contains("there is no Secret " + world.namespace() + "/jenkins-token: create it"));
        world.apply(manifests.substring(0, second));
        works(world);
    }

    @Test
    void aSecretOfJenkinsThatLacksAKey(Trial trial) {
        World world = trial.served();
        world.apply(Manifests.jenkins(world.lab()));
        world.apply(Manifests.azure(world.lab()));
        Fleet fleet = Fleet.of(world).with(PoolText.named("pool"));
        world.all(Secret.class).withName("jenkins-token").edit(secret -> {
            secret.getData().remove("token");
            return secret;
        });
        fleet.awaitServer(status -> assertThat(Fleet.condition(status.conditions(), "Ready"))
                .startsWith("FALSE: Misconfigured")
                .contains("jenkins-token", "token"));
        world.apply(Manifests.jenkins(world.lab()));
        works(world);
    }

    @Test
    void aSecretOfAzureThatIsWrong(Trial trial) {
        World world = trial.served();
        Account account = world.lab().azure().options().account();
        world.apply(Manifests.jenkins(world.lab()));
        world.apply(Manifests.azure(world.lab()).replace(account.clientSecret(), "a-secret-of-last-year"));
        Fleet fleet = Fleet.of(world).with(PoolText.named("pool"));
        fleet.awaitSubscription(status -> {
            assertThat(Fleet.condition(status.conditions(), "CredentialsValid")).startsWith("FALSE: Refused");
            assertThat(Fleet.condition(status.conditions(), "Ready"))
                    .startsWith("FALSE")
                    .doesNotContain("a-secret-of-last-year");
        });
        world.lab().jenkins().enqueue(Batch.freestyle("early", 1, "amd64", Duration.ofSeconds(1)));
        fleet.awaitPool("pool", status -> {
            assertThat(Fleet.condition(status.conditions(), "Ready"))
                    .startsWith("FALSE: AccountRefuses")
                    .contains(world.namespace() + "/azure", "Renew it in its Secret");
            assertThat(status.waiting())
                    .singleElement()
                    .satisfies(job -> assertThat(job.why())
                            .contains("account " + world.namespace() + "/azure takes no orders", "Renew it"));
        });
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).isEmpty();
        world.apply(Manifests.azure(world.lab()));
        Builds.of(world, "early").awaitSuccess(1);
        works(world);
    }

    @Test
    void aSecretOfAzureThatIsWrongWhileAnotherAccountServes(Trial trial) {
        World world = trial.served();
        Account account = world.lab().azure().options().account();
        String first = Manifests.azure(world.lab());
        world.apply(Manifests.jenkins(world.lab()));
        world.apply(first.replace(account.clientSecret(), "a-secret-of-last-year"));
        world.apply(first.replace("{name: azure", "{name: second"));
        PoolText pool = PoolText.named("pool").placement(world, "main", "Standard_D8ds_v5", "OnDemand");
        String placement = pool.placements().getFirst();
        Fleet fleet = Fleet.of(world)
                .with(pool.placement(
                        placement.replace("{name: main", "{name: else").replace("{name: azure}", "{name: second}")));
        world.lab().jenkins().enqueue(Batch.freestyle("early", 2, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "early").awaitSuccess(2);
        fleet.awaitPool("pool", status -> {
            assertThat(Fleet.condition(status.conditions(), "Ready"))
                    .startsWith("TRUE")
                    .contains("not by " + world.namespace() + "/azure", "Renew it in its Secret");
            assertThat(status.failed()).isZero();
        });
        fleet.awaitNoWorkers();

        world.apply(first);
        fleet.awaitPool(
                "pool",
                status -> assertThat(Fleet.condition(status.conditions(), "Ready"))
                        .isEqualTo("TRUE: Ready: workers can be made"));
        world.lab().jenkins().enqueue(Batch.freestyle("late", 1, "amd64", Duration.ofSeconds(5)));
        await("a worker in the account that was corrected")
                .atMost(Trial.PATIENCE)
                .until(() -> world.workers().stream()
                        .anyMatch(worker -> worker.getSpec().placement().name().equals("main")));
        Builds.of(world, "late").awaitSuccess(1);
        fleet.awaitNoWorkers();
    }

    @Test
    void aResourceGroupThatDoesNotExist(Trial trial) {
        World world = trial.served();
        world.apply(Manifests.jenkins(world.lab()));
        world.apply(Manifests.azure(world.lab()).replace("resourceGroup: ci-workers", "resourceGroup: ci-workerz"));
        Fleet fleet = Fleet.of(world).with(PoolText.named("pool"));
        fleet.awaitSubscription(status -> assertThat(Fleet.condition(status.conditions(), "ResourceGroupUsable"))
                .startsWith("FALSE")
                .contains("ci-workerz"));
        world.all(AzureSubscription.class).withName("azure").delete();
        await("the wrong one is gone")
                .atMost(Trial.PATIENCE)
                .until(() ->
                        world.all(AzureSubscription.class).withName("azure").get() == null);
        world.apply(Manifests.azure(world.lab()));
        works(world);
    }

    @Test
    void aPoolWhoseReferencesLeadNowhere(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).with(PoolText.named("pool"));
        fleet.awaitPool(
                "pool",
                status -> assertThat(Fleet.condition(status.conditions(), "Ready"))
                        .startsWith("FALSE: Misconfigured")
                        .contains("there is no JenkinsServer " + world.namespace() + "/jenkins"));
        world.apply(Manifests.jenkins(world.lab()));
        fleet.awaitPool(
                "pool",
                status -> assertThat(Fleet.condition(status.conditions(), "Ready"))
                        .startsWith("FALSE: Misconfigured")
                        .contains("there is no AzureSubscription " + world.namespace() + "/azure"));
        world.apply(Manifests.azure(world.lab()));
        works(world);
    }

    @Test
    void aTemplateThatIsMissing(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected();
        world.apply(PoolText.named("pool").yaml(world).strip()
                + "\n  bootstrap: {format: Ignition, templateRef: {name: own-template}}\n");
        fleet.awaitPool(
                "pool",
                status -> assertThat(Fleet.condition(status.conditions(), "Ready"))
                        .startsWith("FALSE: Misconfigured")
                        .contains("there is no ConfigMap " + world.namespace() + "/own-template: create it"));
        world.cluster()
                .kubectl(
                        "patch",
                        "workerpool",
                        "pool",
                        "-n",
                        world.namespace(),
                        "--type=json",
                        "-p",
                        "[{\"op\": \"remove\", \"path\": \"/spec/bootstrap/templateRef\"}]");
        works(world);
    }

    @Test
    void aScheduleThatCannotBeUnderstood(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(
                        PoolText.named("pool")
                                .scaling(
                                        "max: 2, idleTimeout: 5s,"
                                                + " schedules: [{name: nightly, cron: '45 20 * * *', timeZone: Europe/Berln, for: 4h, min: 1}]"));
        fleet.awaitPool(
                "pool",
                status -> assertThat(Fleet.condition(status.conditions(), "Ready"))
                        .startsWith("FALSE: Misconfigured")
                        .contains("spec.scaling.schedules[nightly].timeZone", "Europe/Berln", "Europe/Berlin"));
        fleet.with(PoolText.named("pool").scaling("max: 2, idleTimeout: 5s, schedules: []"));
        works(world);
    }

    @Test
    void anImageThatAzureDoesNotKnow(Trial trial) {
        World world = trial.served();
        PoolText pool = PoolText.named("pool");
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(pool.placement(world, "main", "Standard_D8ds_v5", "OnDemand", "stabel"));
        world.lab().jenkins().enqueue(Batch.freestyle("early", 1, "amd64", Duration.ofSeconds(1)));
        fleet.awaitPool(
                "pool",
                status -> assertThat(Fleet.condition(status.conditions(), "Scaling"))
                        .startsWith("FALSE")
                        .contains("gallery image"));
        fleet.with(pool);
        Builds.of(world, "early").awaitSuccess(1);
    }

    @Test
    void aSizeThatIsNotToBeHadAsSpot(Trial trial) {
        World world = trial.served();
        world.lab()
                .azure()
                .post(Fault.always(
                        new FaultEffect.Refuse(KnownError.SPOT_NOT_FOR_SIZE),
                        FaultScope.of(AzureCall.PUT_VM).withPriority(CallFacts.Priority.SPOT)));
        PoolText pool = PoolText.named("pool");
        Fleet fleet = Fleet.of(world).connected().with(pool.placement(world, "main", "Standard_D8ds_v5", "Spot"));
        world.lab().jenkins().enqueue(Batch.freestyle("early", 1, "amd64", Duration.ofSeconds(1)));
        fleet.awaitPool(
                "pool",
                status -> assertThat(Fleet.condition(status.conditions(), "Scaling"))
                        .startsWith("FALSE")
                        .contains("vmSizes", "AzureSpotIsNotSupportedForThisVMSize"));
        fleet.with(pool);
        Builds.of(world, "early").awaitSuccess(1);
    }

    @Test
    void aJenkinsServerThatIsTakenAwayByForceHoldsItsWorkersUntilTheirOwnersLimitAndNoLonger(Trial trial) {
        World world = trial.unserved();
        PoolText pool = PoolText.named("pool")
                .scaling("min: 1, max: 1, idleTimeout: 5s")
                .lifecycle("");
        Fleet fleet = Fleet.of(world).connected().with(pool);
        OperatorProcess operator = world.startOperator("--no-leader-election");
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        String name = fleet.workersIn(WorkerPhase.IDLE).getFirst().getMetadata().getName();
        // What is open serves to the end.
        operator.stop();
        kubectl(world, "delete", "jenkinsserver", "jenkins", "--wait=false");
        kubectl(
                world,
                "patch",
                "jenkinsserver",
                "jenkins",
                "--type=merge",
                "-p",
                "{\"metadata\":{\"finalizers\":null}}");

        world.startOperator("--no-leader-election");
        kubectl(world, "delete", "worker", name, "--wait=false");
        fleet.awaitWorker(name, status -> {
            assertThat(status.phase()).isEqualTo(WorkerPhase.DRAINING);
            assertThat(status.message()).contains("there is no such object; apply it again", "drainTimeout");
        });
        assertThat(fleet.machines()).as("a job may run on it").isEqualTo(1);

        fleet.with(pool.lifecycle("drainTimeout: 3s"));
        await("the worker is gone, and its machine")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.worker(name).isEmpty() && fleet.machines() == 0);
        await("what is left is told")
                .atMost(Trial.PATIENCE)
                .untilAsserted(() -> assertThat(kubectl(world, "get", "events")).contains("RegistrationLeft"));
        // What the event says to do.
        world.lab()
                .jenkins()
                .faults()
                .inject(new dev.shedmaster.lab.jenkins.fault.Fault.NodeVanished(name), Scope.everything());
    }

    private static String kubectl(World world, String... arguments) {
        return world.cluster()
                .kubectl(Stream.concat(Stream.of(arguments), Stream.of("-n", world.namespace()))
                        .toArray(String[]::new));
    }

    /** What was wrong is right now: a job runs. */
    private static void works(World world) {
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "build").awaitSuccess(1);
        Fleet.of(world).awaitNoWorkers();
    }
}
