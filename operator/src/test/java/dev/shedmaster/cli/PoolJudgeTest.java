package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.kube.status.Names;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("match judges a pool by its labels, its server and its state")
class PoolJudgeTest {
    /** A Tuesday. */
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static final String READY = ready("True", "Ready", "workers can be made", 1);
    private static final JenkinsServer JENKINS = server("jenkins", READY);

    private static String ready(String status, String reason, String message, int generation) {
        return "conditions: [{type: Ready, status: '%s', reason: %s, message: '%s', lastTransitionTime: '%s', observedGeneration: %d}]"
                .formatted(status, reason, message, NOON, generation);
    }

    private static JenkinsServer server(String name, String status) {
        return Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: JenkinsServer
                metadata: {namespace: ci, name: %s, generation: 1}
                spec: {url: 'https://jenkins.example.org/', credentials: {secretRef: {name: jenkins-token}}}
                status: {%s}
                """.formatted(name, status), JenkinsServer.class);
    }

    private static WorkerPool pool(String name, String jenkins, String scaling, String status) {
        return Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {namespace: ci, name: %s, generation: 1}
                spec:
                  ci: {jenkins: {%s}}
                  machine: {architecture: amd64, cpus: 2, memory: 8Gi}
                  placements: []
                  scaling: {%s}
                status: {%s}
                """.formatted(name, jenkins, scaling, status), WorkerPool.class);
    }

    private static WorkerPool pool(String scaling, String status) {
        return pool("kvm", "serverRef: {name: jenkins}, labels: [amd64, kvm]", scaling, status);
    }

    private static Requirement labels(String expression) throws LabelSyntaxException {
        return new Labelled(LabelExpression.parse(expression));
    }

    private static PoolJudge judge(Requirement requirement, @Nullable String source, JenkinsServer... servers) {
        Map<String, JenkinsServer> known = Stream.of(servers).collect(Collectors.toMap(Names::of, Function.identity()));
        return new PoolJudge(requirement, source, known, NOON);
    }

    private static List<String> objections(WorkerPool pool, JenkinsServer... servers) throws LabelSyntaxException {
        return judge(labels("amd64 && kvm"), null, servers).objections(pool);
    }

    @Test
    void nothingIsSaidAgainstAPoolThatServes() throws LabelSyntaxException {
        assertThat(objections(pool("max: 1", READY), JENKINS)).isEmpty();
    }

    @Test
    void ofAPoolWithOtherLabelsOnlyThoseAreTold() throws LabelSyntaxException {
        WorkerPool paused = pool("max: 0", "");
        assertThat(judge(labels("amd64 && gpu"), null).objections(paused)).containsExactly("lacks gpu");
        assertThat(judge(new Unlabelled(), null).objections(paused))
                .containsExactly("takes only jobs that name one of its labels");
    }

    @Test
    void whatAPoolLacksOfALongExpressionIsTold() throws LabelSyntaxException {
        WorkerPool pool = pool("max: 1", READY);
        assertThat(judge(labels("a&&b&&c&&d&&e&&amd64"), null).objections(pool))
                .containsExactly("lacks a", "lacks b", "lacks c", "lacks d", "lacks e");
        assertThat(judge(labels("a&&b&&c&&d&&e&&f&&g&&amd64"), null).objections(pool))
                .containsExactly("lacks a", "lacks b", "lacks c", "lacks d", "lacks e", "and 2 more");
        assertThat(judge(labels("x".repeat(1_000)), null).objections(pool))
                .singleElement()
                .asString()
                .hasSize(121)
                .matches("lacks x+…");
    }

    @Test
    void aPoolOfAnotherServerIsNotForTheJob() throws LabelSyntaxException {
        PoolJudge judge = judge(labels("amd64"), "ci/other", JENKINS, server("other", READY));
        assertThat(judge.objections(pool("max: 1", READY))).containsExactly("works for another JenkinsServer");
        assertThat(judge.objections(pool("kvm", "serverRef: {name: other}, labels: [amd64]", "max: 1", READY)))
                .isEmpty();
    }

    @Test
    void aServerThatDoesNotExistIsNamedOnce() throws LabelSyntaxException {
        WorkerPool told = pool("max: 1", ready("False", "Misconfigured", "there is no JenkinsServer ci/jenkins", 1));
        assertThat(objections(told))
                .containsExactly("works for JenkinsServer ci/jenkins, which does not exist: create it");
    }

    @Test
    void aServerThatIsNotReadySaysWhy() throws LabelSyntaxException {
        JenkinsServer refused = server("jenkins", ready("False", "CredentialsRefused", "the token is refused", 1));
        assertThat(objections(pool("max: 1", READY), refused))
                .containsExactly("works for JenkinsServer ci/jenkins, which is not ready: the token is refused");
        assertThat(objections(pool("max: 1", READY), server("jenkins", "")))
                .containsExactly("works for JenkinsServer ci/jenkins, which has been looked at by no operator yet:"
                        + " does one serve namespace ci?");
    }

    @Test
    void aPoolThatIsNotReadySaysWhy() throws LabelSyntaxException {
        String broken = ready("False", "Misconfigured", "there is no ConfigMap ci/own", 1);
        assertThat(objections(pool("max: 1", broken), JENKINS))
                .containsExactly("is not ready: there is no ConfigMap ci/own");
        assertThat(objections(pool("max: 1", ""), JENKINS))
                .containsExactly("has been looked at by no operator yet: does one serve namespace ci?");
    }

    @Test
    void whatWasFoundBeforeTheLastChangeIsNotBelieved() throws LabelSyntaxException {
        assertThat(objections(pool("max: 1", ready("True", "Ready", "workers can be made", 0)), JENKINS))
                .containsExactly(
                        "has been looked at by no operator since its last change: does one serve namespace ci?");
    }

    @Test
    void aPausedPoolSaysByWhat() throws LabelSyntaxException {
        assertThat(objections(pool("max: 0", READY), JENKINS))
                .containsExactly("is paused, because spec.scaling.max is 0");
        String closed = "max: 3, schedules: [{name: closed, cron: '0 %d * * *', for: 4h, min: 0, max: 0}]";
        assertThat(objections(pool(closed.formatted(10), READY), JENKINS))
                .singleElement()
                .asString()
                .startsWith("is paused by schedule closed until Tue 14:00");
        assertThat(objections(pool(closed.formatted(14), READY), JENKINS)).isEmpty();
    }

    @Test
    void aScheduleThatCannotBeUnderstoodIsLeftToTheCondition() throws LabelSyntaxException {
        String mad = "max: 3, schedules: [{name: mad, cron: '0 10 * * *', timeZone: Europe/Berln, for: 4h, min: 0}]";
        String said = ready("False", "Misconfigured", "Europe/Berln is not a time zone", 1);
        assertThat(objections(pool(mad, said), JENKINS))
                .containsExactly("is not ready: Europe/Berln is not a time zone");
    }

    @Test
    void everythingThatStandsInTheWayIsTold() throws LabelSyntaxException {
        WorkerPool leaving = pool("max: 0", ready("False", "Misconfigured", "it is broken", 1));
        leaving.getMetadata().setDeletionTimestamp(NOON.toString());
        assertThat(objections(leaving, JENKINS))
                .containsExactly(
                        "is being deleted", "is paused, because spec.scaling.max is 0", "is not ready: it is broken");
    }

    private static String table(PoolJudge judge, int status, WorkerPool... pools) {
        StringWriter printed = new StringWriter();
        assertThat(new MatchTable(new PrintWriter(printed, true), judge).print(List.of(pools)))
                .isEqualTo(status);
        return printed.toString();
    }

    @Test
    void theTableHasALineForEachPool() throws LabelSyntaxException {
        WorkerPool light = pool("a-light-one", "serverRef: {name: jenkins}, labels: [amd64]", "max: 1", READY);
        assertThat(table(judge(labels("amd64 && kvm"), null, JENKINS), 0, pool("max: 1", READY), light))
                .isEqualToNormalizingNewlines("""
                        SERVES  POOL            JENKINSSERVER  WHY NOT
                        no      ci/a-light-one  ci/jenkins     lacks kvm
                        yes     ci/kvm          ci/jenkins
                        """);
    }

    @Test
    void severalServersAreAskedToBeToldApart() throws LabelSyntaxException {
        WorkerPool other = pool("other", "serverRef: {name: other}, labels: [amd64]", "max: 1", READY);
        String hint = "name it with --server.";
        JenkinsServer second = server("other", READY);
        WorkerPool first = pool("max: 1", READY);
        assertThat(table(judge(labels("amd64"), null, JENKINS, second), 0, first, other))
                .contains(hint);
        assertThat(table(judge(labels("amd64"), "ci/other", JENKINS, second), 0, first, other))
                .doesNotContain(hint);
    }

    @Test
    void whereNobodyServesTheStatusSaysSo() throws LabelSyntaxException {
        assertThat(table(judge(labels("gpu"), null, JENKINS), MatchTable.NOBODY_SERVES, pool("max: 1", READY)))
                .contains("lacks gpu");
        assertThat(table(judge(labels("gpu"), null), MatchTable.NOBODY_SERVES))
                .isEqualToNormalizingNewlines("there are no pools\n");
    }
}
