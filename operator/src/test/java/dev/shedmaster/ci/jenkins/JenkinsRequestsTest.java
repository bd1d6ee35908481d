package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.http.ApiClients;
import dev.shedmaster.http.ScriptedServer;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Credentials;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leaves for Jenkins, request by request, and what the answers make of it. */
class JenkinsRequestsTest {
    private static final String TOKEN = "11" + "0a".repeat(16);
    private static final String SECRET = "c3".repeat(32);
    private static final String START = "<jnlp><application-desc><argument>" + SECRET
            + "</argument><argument>w-1</argument></application-desc></jnlp>";
    private static final MachineOwner OWNER = new MachineOwner("inst", "ci/p", "ci/w-1", "uid-1");
    private static final AgentOrder ORDER =
            new AgentOrder("w-1", List.of("amd64", "kvm"), 2, true, "/var/lib/jenkins", "A worker of pool ci/p", OWNER);
    private static final String OURS = "{\"_class\":\"hudson.slaves.SlaveComputer\",\"displayName\":\"w-1\","
            + "\"assignedLabels\":[{\"name\":\"w-1\"}],\"description\":\"" + OwnershipMark.appendedTo("x", OWNER)
            + "\"}";
    private static final String THEIRS = OURS.replace("installation=inst", "installation=other");
    private static final String NO_NODES = "{\"computer\":[]}";
    private static final String EXISTS = "<h1>Error</h1><p>Agent called ‘w-1’ already exists</p>";
    private static final String JENKINS = "/jenkins/";
    private static final Outcome<Nothing> DONE = Outcome.done(Nothing.NOTHING);

    private final ScriptedServer server = new ScriptedServer();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final ApiClients clients = new ApiClients(new SimpleMeterRegistry());

    @AfterEach
    void stop() {
        clients.close();
        server.close();
    }

    @Test
    void everyRequestIsSignedAtOnceAndAsksForEnglish() {
        server.then(200, "{\"computer\":[]}").then(200, "{\"items\":[]}");
        assertThat(jenkins(TOKEN).observe()).isInstanceOf(Outcome.Done.class);
        assertThat(server.calls()).containsExactly("GET /jenkins/computer/api/json", "GET /jenkins/queue/api/json");
        assertThat(server.asked()).allSatisfy(request -> {
            assertThat(request.headers().get("Authorization")).isEqualTo(Credentials.basic("operator", TOKEN));
            assertThat(request.headers().get("Accept-Language")).isEqualTo("en");
        });
        assertThat(decoded(server.asked().getLast().target()))
                .contains("tree=items[id,")
                .contains("labelExpression");
    }

    @Test
    void aNodeIsCreatedByTheFormThatAllVersionsKnow() {
        server.then(302, "", "Location", ".").then(200, START);
        assertThat(jenkins(TOKEN).enrol(ORDER))
                .isEqualTo(Outcome.done(new AgentCredentials(server.url(JENKINS), "w-1", SECRET)));
        assertThat(server.calls())
                .containsExactly("POST /jenkins/computer/doCreateItem", "GET /jenkins/computer/w-1/jenkins-agent.jnlp");
        assertThat(decoded(server.asked().getFirst().body()))
                .startsWith("name=w-1&type=hudson.slaves.DumbSlave&json={\"name\":\"w-1\"")
                .contains("\"numExecutors\":\"2\"")
                .contains("\"remoteFS\":\"/var/lib/jenkins\"")
                .contains("\"labelString\":\"amd64 kvm\"")
                .contains("\"mode\":\"EXCLUSIVE\"")
                .contains("\"stapler-class\":\"hudson.slaves.RetentionStrategy$Always\"")
                .contains("\"stapler-class\":\"hudson.slaves.JNLPLauncher\",\"webSocket\":true")
                .contains("A worker of pool ci/p [shedmaster installation=inst pool=ci/p worker=ci/w-1 uid=uid-1]");
    }

    @Test
    void aJenkinsThatDoesNotAnswerHoldsOnlySoManyCallers() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (ScriptedServer stuck = new ScriptedServer(mayAnswer);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            JenkinsCiSystem jenkins = jenkins(TOKEN, stuck.url(JENKINS));
            List<Future<Outcome<AgentCredentials>>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(callers.submit(() -> jenkins.enrol(ORDER)));
            }
            await().until(() -> calls.stream().filter(Future::isDone).count() == 200 - 16 - 128);
            assertThat(calls)
                    .filteredOn(Future::isDone)
                    .allSatisfy(call -> assertThat(error(call.resultNow()))
                            .isEqualTo(new PortError.HeldBack(
                                    Duration.ofSeconds(5),
                                    "Jenkins is too slow to create node 'w-1' now:"
                                            + " the changes before it have not come to an end")));
            await().until(() -> stuck.calls().size() >= 16);
            assertThat(stuck.calls()).hasSize(16);
            mayAnswer.countDown();
        }
    }

    @Test
    void onceJenkinsHasNotAnsweredFewOfManyWorkersFindOutWhetherItDoes() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (ScriptedServer stuck = new ScriptedServer(mayAnswer);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            JenkinsCiSystem jenkins = jenkins(TOKEN, stuck.url(JENKINS), Duration.ofSeconds(2));
            assertThat(error(jenkins.observe())).isInstanceOf(PortError.Transient.class);
            List<Future<Outcome<Nothing>>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(callers.submit(() -> jenkins.remove("w-1")));
            }
            await().until(() -> calls.stream().filter(Future::isDone).count() >= 50 - 16);
            assertThat(calls)
                    .filteredOn(Future::isDone)
                    .allSatisfy(call -> assertThat(error(call.resultNow())).isInstanceOf(PortError.Transient.class));
            assertThat(stuck.calls()).as("questions").hasSizeLessThanOrEqualTo(1 + 16);
            await().until(() -> calls.stream().allMatch(Future::isDone));

            stuck.then(200, NO_NODES);
            mayAnswer.countDown();
            await().untilAsserted(() -> {
                jenkins.observe();
                assertThat(jenkins.remove("w-1").toString()).doesNotContain("timeout");
            });
        }
    }

    @Test
    void aNodeOfTheSameWorkerIsTheAnswerToAnEarlierCall() {
        server.then(400, EXISTS).then(200, OURS).then(200, START);
        assertThat(jenkins(TOKEN).enrol(ORDER))
                .isEqualTo(Outcome.done(new AgentCredentials(server.url(JENKINS), "w-1", SECRET)));
    }

    @Test
    void aNodeOfAnybodyElseIsLeftAlone() {
        server.then(400, EXISTS).then(200, THEIRS).then(200, THEIRS).then(200, THEIRS);
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        assertThat(error(jenkins.enrol(ORDER))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(error(jenkins.stopAccepting("w-1", "done"))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(jenkins.remove("w-1")).isEqualTo(DONE);
        assertThat(server.calls()).filteredOn(call -> call.startsWith("POST")).hasSize(1);
    }

    @Test
    void aNodeIsTakenOfflineAndDeletedByForms() {
        server.then(200, OURS)
                .then(302, "", "Location", ".")
                .then(200, OURS)
                .then(302, "", "Location", "..")
                .then(404, "<title>Not Found</title>")
                .then(200, NO_NODES);
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        assertThat(jenkins.stopAccepting("w-1", "Too many & idle")).isEqualTo(DONE);
        assertThat(jenkins.remove("w-1")).isEqualTo(DONE);
        assertThat(jenkins.remove("w-1")).isEqualTo(DONE);
        assertThat(server.calls())
                .containsExactly(
                        "GET /jenkins/computer/w-1/api/json",
                        "POST /jenkins/computer/w-1/changeOfflineCause",
                        "GET /jenkins/computer/w-1/api/json",
                        "POST /jenkins/computer/w-1/doDelete",
                        "GET /jenkins/computer/w-1/api/json",
                        "GET /jenkins/computer/api/json");
        assertThat(decoded(server.asked().get(1).body())).isEqualTo("offlineMessage=Too many & idle [shedmaster]");
    }

    @Test
    void aNodeThatWasJustReadIsNotReadAgainBeforeItIsTakenOffline() {
        server.then(200, "{\"computer\":[" + OURS + "," + THEIRS.replace("w-1", "w-2") + "]}")
                .then(200, "{\"items\":[]}")
                .then(302, "", "Location", ".")
                .then(200, THEIRS.replace("w-1", "w-2"));
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        assertThat(jenkins.observe()).isInstanceOf(Outcome.Done.class);
        assertThat(jenkins.stopAccepting("w-1", "done")).isEqualTo(DONE);
        assertThat(error(jenkins.stopAccepting("w-2", "done"))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(server.calls())
                .endsWith("POST /jenkins/computer/w-1/changeOfflineCause", "GET /jenkins/computer/w-2/api/json");
    }

    @Test
    void aNodeThatVanishedBetweenLookAndDeletionIsGone() {
        server.then(200, OURS).then(404, "").then(404, "").then(200, NO_NODES);
        assertThat(jenkins(TOKEN).remove("w-1")).isEqualTo(DONE);
    }

    /** As of an ingress that is reloading: a worker that is taken for gone is deleted with the job that it runs. */
    @Test
    void whatSomethingElseAnswersInJenkinsPlaceIsNoNodeThatIsGone() {
        String all = "{\"computer\":[" + OURS + "]}";
        JenkinsCiSystem jenkins = jenkins(TOKEN);

        server.then(404, "404 page not found").then(200, all);
        PortError looked = error(jenkins.inspect("w-1"));
        assertThat(looked).isInstanceOf(PortError.Transient.class);
        assertThat(looked.message()).contains("yet it lists that node");

        server.then(404, "").then(404, "");
        assertThat(error(jenkins.inspect("w-1"))).isInstanceOf(PortError.Transient.class);

        server.then(200, OURS).then(404, "").then(200, OURS);
        assertThat(error(jenkins.stopAccepting("w-1", "done"))).isInstanceOf(PortError.Transient.class);

        server.then(200, OURS).then(404, "").then(404, "").then(200, all);
        assertThat(error(jenkins.remove("w-1"))).isInstanceOf(PortError.Transient.class);

        server.then(404, "");
        assertThat(error(jenkins.enrol(ORDER))).isInstanceOf(PortError.Transient.class);
    }

    @Test
    void whatIsOnlyListedUntilItsBuildEndsIsLeftToJenkins() {
        String zombie = "{\"displayName\":\"w-1\",\"assignedLabels\":[],\"description\":\"\"}";
        server.then(200, zombie).then(200, zombie);
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        assertThat(jenkins.remove("w-1")).isEqualTo(DONE);
        assertThat(jenkins.stopAccepting("w-1", "done")).isEqualTo(DONE);
        assertThat(server.calls()).noneMatch(call -> call.startsWith("POST"));
    }

    @Test
    void afterTheFirst401NoRequestLeaves() {
        server.then(401, "<title>Error 401 Unauthorized</title>", "WWW-Authenticate", "Basic realm=\"Jenkins\"");
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        PortError first = error(jenkins.observe());
        assertThat(first).isInstanceOf(PortError.Unauthorized.class);
        assertThat(error(jenkins.observe())).isEqualTo(first);
        assertThat(error(jenkins.verify())).isEqualTo(first);
        assertThat(error(jenkins.enrol(ORDER))).isEqualTo(first);
        assertThat(error(jenkins.remove("w-1"))).isEqualTo(first);
        assertThat(server.asked()).hasSize(1);
        assertThat(first.message()).doesNotContain(TOKEN);
    }

    @Test
    void afterA401OfWhatStandsBeforeJenkinsItIsAskedAgainAfterAWhile() {
        server.then(401, "<h1>401 Authorization Required</h1><hr>nginx").then(200, "{\"items\":[]}");
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        PortError first = error(jenkins.observe());
        assertThat(first.message()).contains("what stands before Jenkins");
        now = now.plus(Duration.ofSeconds(299));
        assertThat(error(jenkins.observe())).isEqualTo(first);
        assertThat(server.asked()).hasSize(1);
        now = now.plus(Duration.ofSeconds(1));
        jenkins.observe();
        assertThat(server.asked()).hasSizeGreaterThan(1);
    }

    @Test
    void aRedirectToAnotherSiteIsNoSuccess() {
        server.then(302, "", "Location", "https://status.example.org/maintenance");
        assertThat(error(jenkins(TOKEN).enrol(ORDER)).message()).contains("redirects to https://status.example.org/");
    }

    @Test
    void aRedirectIsNoFaultOfAnAddressUnderWhichAFormerOperatorHasHeardJenkins() {
        server.then(302, "", "Location", "https://status.example.org/maintenance");
        JenkinsCiSystem jenkins =
                jenkins(TOKEN, server.url(JENKINS), Duration.ofSeconds(10), new CiSession("heard-before", null));
        assertThat(error(jenkins.enrol(ORDER))).isInstanceOf(PortError.Transient.class);
    }

    @Test
    void aMissingPermissionStopsOnlyWhatNeedsIt() {
        server.then(403, "", "X-Required-Permission", "hudson.model.Computer.Create")
                .then(200, "{\"computer\":[]}")
                .then(200, "{\"items\":[]}");
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        assertThat(error(jenkins.enrol(ORDER)).message()).contains("lacks Agent/Create");
        assertThat(jenkins.observe()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aPasswordBringsACrumbAndItsSessionAlong() {
        server.then(
                        200,
                        "{\"_class\":\"x\",\"crumb\":\"c-1\",\"crumbRequestField\":\"Jenkins-Crumb\"}",
                        "Set-Cookie",
                        "JSESSIONID.1=s-1; Path=/; HttpOnly")
                .then(302, "", "Location", ".")
                .then(200, START)
                .then(302, "", "Location", ".")
                .then(200, START);
        JenkinsCiSystem jenkins = jenkins("correct-horse");
        assertThat(jenkins.enrol(ORDER)).isInstanceOf(Outcome.Done.class);
        assertThat(jenkins.enrol(ORDER)).isInstanceOf(Outcome.Done.class);
        assertThat(server.calls())
                .filteredOn(call -> call.contains("crumbIssuer"))
                .hasSize(1);
        assertThat(server.asked())
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(2)
                .allSatisfy(request -> {
                    assertThat(request.headers().get("Jenkins-Crumb")).isEqualTo("c-1");
                    assertThat(request.headers().get("Cookie")).isEqualTo("JSESSIONID.1=s-1");
                });
    }

    @Test
    void aCrumbThatIsRefusedIsRenewedOnce() {
        String crumb = "{\"crumb\":\"c-2\",\"crumbRequestField\":\"Jenkins-Crumb\"}";
        String refused = "<title>Error 403 No valid crumb was included in the request</title>";
        server.then(200, OURS)
                .then(403, refused)
                .then(200, crumb)
                .then(302, "", "Location", ".")
                .then(200, OURS)
                .then(403, refused)
                .then(200, crumb)
                .then(403, refused);
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        assertThat(jenkins.stopAccepting("w-1", "x")).isEqualTo(DONE);
        assertThat(error(jenkins.stopAccepting("w-1", "x")).message()).contains("API token");
        assertThat(server.asked()).hasSize(8);
    }

    @Test
    void aJenkinsWithoutCrumbsNeedsNone() {
        server.then(404, "").then(302, "", "Location", ".").then(200, START);
        assertThat(jenkins("correct-horse").enrol(ORDER)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aQueueThatIsCountedAndNotShownTellsThatJobReadIsMissing() {
        assertThat(missingWhere("{\"jobs\":[]}", "{\"totalQueueLength\":{\"sec10\":{\"latest\":1.61}}}"))
                .containsExactly("Job/Read");
        assertThat(missingWhere("{\"jobs\":[]}", "{\"totalQueueLength\":{\"sec10\":{\"latest\":0.4}}}"))
                .isEmpty();
    }

    @Test
    void whoSeesAJobMaySeeJobs() {
        assertThat(missingWhere("{\"jobs\":[{\"name\":\"a\"}]}", null)).isEmpty();
    }

    /** Verifies a Jenkins with an empty queue in which nothing else is missing. */
    private List<String> missingWhere(String jobs, @Nullable String load) {
        String jenkins = "{\"computer\":[]}";
        server.then(200, jenkins, "X-Jenkins", "2.541.3", "X-Jenkins-Session", "0a0b0c0d")
                .then(400, "")
                .then(200, "{\"items\":[]}")
                .then(200, jobs);
        if (load != null) {
            server.then(200, load);
        }
        server.then(302, "", "Location", ".")
                .then(200, START)
                .then(302, "", "Location", ".")
                .then(302, "", "Location", "..")
                .then(302, "", "Location", ".");
        return value(jenkins(TOKEN).verify()).stream()
                .map(MissingPermission::name)
                .toList();
    }

    @Test
    void aRedirectToTheSamePathIsNoSuccess() {
        server.then(302, "", "Location", "https://ci.example.org/jenkins/computer/doCreateItem");
        assertThat(error(jenkins(TOKEN).enrol(ORDER)))
                .isEqualTo(new PortError.Invalid(
                        "url",
                        "Jenkins at " + server.url(JENKINS) + " redirects to"
                                + " https://ci.example.org/jenkins/computer/doCreateItem instead of answering: set url"
                                + " to its root URL"));
    }

    @Test
    void aRedirectToTheLoginIsNoSuccess() {
        server.then(302, "", "Location", "/jenkins/login?from=%2F");
        assertThat(error(jenkins(TOKEN).enrol(ORDER))).isInstanceOf(PortError.Unauthorized.class);
    }

    @Test
    void anAnswerThatIsTheSameByteByByteIsNotTakenApartAgain() {
        String queue = new String(Recorded.bytes("queue-tree.json"), StandardCharsets.UTF_8);
        String computers = new String(Recorded.bytes("computers-tree.json"), StandardCharsets.UTF_8);
        server.then(200, computers)
                .then(200, queue)
                .then(200, computers)
                .then(200, queue)
                .then(200, "{\"computer\":[]}")
                .then(200, queue);
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        CiSnapshot first = value(jenkins.observe());
        CiSnapshot second = value(jenkins.observe());
        CiSnapshot third = value(jenkins.observe());
        assertThat(second.jobs()).isSameAs(first.jobs());
        assertThat(second.observedAt()).isAfterOrEqualTo(first.observedAt());
        assertThat(third.agents()).isEmpty();
    }

    @Test
    void anAnswerCutShortIsATransientErrorAndTheNextOneHeals() {
        server.then(200, "{\"computer\":[]}")
                .then(200, "{\"items\":[{\"id\":1")
                .then(200, "{\"computer\":[]}")
                .then(200, "{\"items\":[]}");
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        assertThat(error(jenkins.observe()))
                .isEqualTo(new PortError.Transient(
                        "Jenkins could not tell its queue: its answer is cut short or is not" + " what was asked for"));
        assertThat(jenkins.observe()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anOrderThatJenkinsWouldRefuseOrMisunderstandIsRefusedByTheFieldsName() {
        JenkinsCiSystem jenkins = jenkins(TOKEN);
        assertThat(field(jenkins.enrol(order("../evil", List.of("a"), 1)))).isEqualTo("name");
        assertThat(field(jenkins.enrol(order("shedmaster-anchor", List.of("a"), 1))))
                .isEqualTo("name");
        assertThat(field(jenkins.enrol(order("w-1", List.of("a b"), 1)))).isEqualTo("labels");
        assertThat(field(jenkins.enrol(order("w-1", List.of("a"), 0)))).isEqualTo("executors");
        assertThat(error(jenkins.inspect(".."))).isInstanceOf(PortError.NotFound.class);
        assertThat(server.asked()).isEmpty();
    }

    private JenkinsCiSystem jenkins(String secret) {
        return jenkins(secret, server.url(JENKINS));
    }

    private JenkinsCiSystem jenkins(String secret, URI url) {
        return jenkins(secret, url, Duration.ofSeconds(10));
    }

    private JenkinsCiSystem jenkins(String secret, URI url, Duration patience) {
        return jenkins(secret, url, patience, CiSession.UNKNOWN);
    }

    private JenkinsCiSystem jenkins(String secret, URI url, Duration patience, CiSession known) {
        return new JenkinsCiSystem(
                new JenkinsConnection("ci/jenkins", "inst", url, null, null, "operator", secret),
                known,
                clients.client(ApiClients.Options.of("jenkins", patience)),
                () -> now);
    }

    private static AgentOrder order(String name, List<String> labels, int executors) {
        return new AgentOrder(name, labels, executors, true, "/w", "", OWNER);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String field(Outcome<?> outcome) {
        return error(outcome) instanceof PortError.Invalid invalid ? invalid.field() : "";
    }

    private static PortError error(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<?>) outcome).error();
    }

    private static <T> T value(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }
}
