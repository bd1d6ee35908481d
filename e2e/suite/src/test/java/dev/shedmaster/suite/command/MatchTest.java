package dev.shedmaster.suite.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.suite.Program;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@DisplayName("match tells which pools would serve a job, and why the others would not")
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class MatchTest {
    private static final String KVM = "labels: [amd64, kvm]";

    @Test
    void byLabelsServersAndState(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected();
        world.apply(Manifests.jenkins(world.lab())
                .replace("jenkins-token", "old-token")
                .replace("{name: jenkins}", "{name: old}")
                .replace(JenkinsOptions.AUTOSCALER.token(), "a-token-of-last-year"));
        fleet.with(
                PoolText.named("kvm").labels("amd64, kvm"),
                PoolText.named("light"),
                PoolText.named("paused").labels("amd64, kvm").scaling("max: 0"),
                PoolText.named("of-old").jenkins("serverRef: {name: old}, " + KVM),
                PoolText.named("of-none").jenkins("serverRef: {name: nowhere}, " + KVM));
        world.apply(PoolText.named("broken").labels("amd64, kvm").yaml(world).strip()
                + "\n  bootstrap: {format: Ignition, templateRef: {name: own-template}}\n");
        for (String ready : List.of("kvm", "light", "paused")) {
            fleet.awaitReady(ready);
        }
        for (String broken : List.of("broken", "of-none")) {
            fleet.awaitPool(
                    broken,
                    status -> assertThat(Fleet.condition(status.conditions(), "Ready"))
                            .startsWith("FALSE: Misconfigured"));
        }
        String namespace = world.namespace();

        List<String> lines = match(world, 0, "amd64 && kvm").lines().toList();
        assertThat(lines.getFirst()).matches("SERVES +POOL +JENKINSSERVER +WHY NOT");
        assertThat(lines)
                .extracting(line -> line.replace(namespace + "/", "").replaceAll(" {2,}", " | "))
                .contains(
                        "yes | kvm | jenkins",
                        "no | light | jenkins | lacks kvm",
                        "no | paused | jenkins | is paused, because spec.scaling.max is 0",
                        "no | of-none | nowhere | works for JenkinsServer nowhere, which does not exist: create it");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains("/broken ", "is not ready: ", "there is no ConfigMap " + namespace + "/own-template"))
                .anySatisfy(line -> assertThat(line)
                        .contains("/of-old ", "works for JenkinsServer " + namespace + "/old, which is not ready: "));
        assertThat(lines.getLast()).endsWith("name it with --server.");

        assertThat(match(world, 0, "--server", namespace + "/jenkins", "kvm"))
                .containsPattern("no +\\S+/of-old +\\S+ +works for another JenkinsServer")
                .doesNotContain("name it with --server");
        assertThat(match(world, 4, "--server", "old", "kvm"))
                .containsPattern("no +\\S+/kvm +\\S+ +works for another JenkinsServer");
        assertThat(match(world, 4, "amd64 && gpu")).contains("lacks gpu").doesNotContain("yes");
        assertThat(match(world, 4, "")).contains("takes only jobs that name one of its labels");
        assertThat(match(world, 2, "--server", "nobody", "kvm"))
                .isEqualTo("shedmaster: --server: there is no JenkinsServer \"nobody\"; there are "
                        + String.join(", ", namespace + "/jenkins", namespace + "/nowhere", namespace + "/old")
                        + "\n");
    }

    @Test
    void withNoMoreThanTheOperatorsOwnRights(Trial trial) {
        World world = trial.unserved();
        Fleet.of(world).connected().with(PoolText.named("pool"));
        Program.Outcome outcome = Shedmaster.with(world.cluster().actingAs(world.namespace(), "shedmaster"))
                .run("match", "--namespaces", world.namespace(), "amd64");
        assertThat(outcome.status()).as(outcome.output()).isEqualTo(4);
        assertThat(outcome.output())
                .contains("has been looked at by no operator yet: does one serve namespace " + world.namespace());
    }

    /** What it prints for an administrator, about the pools of the world's namespace. */
    private static String match(World world, int status, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("match", "--namespaces", world.namespace()));
        all.addAll(List.of(arguments));
        Program.Outcome outcome =
                Shedmaster.with(world.cluster().controlPlane().kubeconfig()).runWith("", all);
        assertThat(outcome.status()).as(outcome.output()).isEqualTo(status);
        return outcome.output();
    }
}
