package dev.shedmaster.ci.jenkins;

import static dev.shedmaster.ci.jenkins.Recorded.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.port.PortError;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of reference jenkins.md, section 1.1: what each answer means, and the words a person reads. */
class AnswerClassifierTest {
    private static final Call CALL = new Call("create-node", "create node 'w-1'");
    private static final String DENIED =
            "<html><head><title>Jenkins [Jenkins]</title></head><body><h1>Access Denied</h1>"
                    + "<p class=\"error\">operator is missing the Agent/Create permission</p></body></html>";
    private static final String PAGE_START = "<!DOCTYPE html><html><head><title>Jenkins</title><script>x < y</script>"
            + "</head><body><div id=\"main-panel\"><h1>Error</h1><p>";

    private boolean heard;
    private final AnswerClassifier classifier = new AnswerClassifier(
            "operator",
            URI.create("https://jenkins.example.org/"),
            () -> heard,
            InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z")));

    static Stream<Arguments> table() {
        return Stream.of(
                row(
                        answer(401, "", "WWW-Authenticate", "Basic realm=\"Jenkins\""),
                        PortError.Unauthorized.class,
                        "Jenkins refuses user 'operator' or the token"),
                row(
                        answer(
                                401,
                                "<title>401 Authorization Required</title>",
                                "WWW-Authenticate",
                                "Basic realm=\"CI\""),
                        PortError.Unauthorized.class,
                        "what stands before Jenkins refuses user 'operator' (401): '401 Authorization Required'"),
                row(
                        answer(403, "", "X-Required-Permission", "hudson.model.Computer.Create"),
                        PortError.Unauthorized.class,
                        "lacks Agent/Create; grant it"),
                row(
                        answer(403, DENIED, "X-Required-Permission", "hudson.model.Hudson.Read"),
                        PortError.Unauthorized.class,
                        "lacks Overall/Read"),
                row(answer(403, DENIED), PortError.Unauthorized.class, "lacks Agent/Create"),
                row(
                        answer(403, "<title>Error 403 No valid crumb was included in the request</title>"),
                        PortError.Unauthorized.class,
                        "put an API token, which needs none"),
                row(
                        answer(403, "<html><head><title>Blocked by the gateway</title></head></html>"),
                        PortError.Unauthorized.class,
                        "(403): 'Blocked by the gateway'"),
                row(answer(404, "<title>Not Found</title>"), PortError.NotFound.class, "create node 'w-1'"),
                row(
                        answer(400, PAGE_START + "Agent called ‘w-1’ already exists</p></div>"),
                        PortError.AlreadyExists.class,
                        "Agent called ‘w-1’ already exists"),
                row(
                        answer(400, "", "X-Error", "Agent called ?w-1? already exists"),
                        PortError.AlreadyExists.class,
                        "already exists"),
                row(
                        answer(400, PAGE_START + "‘?’ is an unsafe character</p>"),
                        PortError.Invalid.class,
                        "‘?’ is an unsafe character"),
                row(answer(400, "<title>Bad Message 400</title>"), PortError.Invalid.class, "'Bad Message 400'"),
                row(answer(405, "<title>Error 405</title>"), PortError.Transient.class, "(HTTP 405): 'Error 405'"),
                row(answer(429, "", "Retry-After", "7"), PortError.Throttled.class, "asks for patience"),
                row(answer(503, "", "Retry-After", "7"), PortError.Throttled.class, "asks for patience"),
                row(
                        answer(503, "<html><head><title>Starting Jenkins</title></head><body>Please wait…"),
                        PortError.Transient.class,
                        "(HTTP 503): 'Starting Jenkins'"),
                row(
                        answer(500, "<title>Oops! - Jenkins</title><h1>Oops!</h1>"),
                        PortError.Transient.class,
                        "(HTTP 500): 'Oops! - Jenkins'"),
                row(answer(502, "<h1>Bad <b>Gateway</b></h1>nginx"), PortError.Transient.class, "'Bad Gateway nginx'"),
                row(answer(504, ""), PortError.Transient.class, "could not create node 'w-1' (HTTP 504)"),
                row(
                        answer(302, "", "Location", "https://jenkins.example.org/login?from=%2F"),
                        PortError.Unauthorized.class,
                        "login page"),
                row(
                        answer(302, "", "Location", "/securityRealm/commenceLogin?from=x"),
                        PortError.Unauthorized.class,
                        "login page"),
                row(
                        answer(301, "", "Location", "https://ci.example.org/jenkins/?token=x"),
                        PortError.Invalid.class,
                        "redirects to https://ci.example.org/jenkins/ instead"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("table")
    void everyAnswerHasItsMeaning(int status, Class<?> kind, ApiAnswer answer, String words) {
        PortError error = classifier.classify(CALL, answer);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(error).isInstanceOf(kind);
        assertThat(error.message()).contains(words).doesNotContain("<").hasSizeLessThan(400);
    }

    @Test
    void theServersPatienceIsPassedOn() {
        assertThat(classifier.classify(CALL, answer(429, "", "Retry-After", "7")))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        error -> assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(classifier.classify(CALL, answer(429, "")))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        error -> assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(10)));
    }

    @Test
    void aWrongNameIsToldByTheField() {
        assertThat(classifier.classify(CALL, answer(400, PAGE_START + "‘?’ is an unsafe character</p>")))
                .isInstanceOfSatisfying(
                        PortError.Invalid.class,
                        error -> assertThat(error.field()).isEqualTo("name"));
    }

    @Test
    void aPageInsteadOfDataIsToldByItsTitle() {
        ApiAnswer page = answer(
                200,
                "<html><head><title>Sign in &amp; go &#8216;on&#x2019;</title></head>" + "x".repeat(100_000),
                "Content-Type",
                "text/html;charset=utf-8");
        assertThat(classifier.notUnderstood(CALL, page, "unused").message())
                .endsWith("it answered with a page, not data: 'Sign in & go ‘on’'");
        assertThat(classifier.notUnderstood(CALL, answer(200, "{\"items\":["), "it is cut short"))
                .isEqualTo(new PortError.Transient("Jenkins could not create node 'w-1': it is cut short"));
    }

    @Test
    void aLongPageIsCutToAFewWords() {
        String page = "<p>" + "words and <b>words</b> ".repeat(10_000);
        assertThat(classifier.classify(CALL, answer(500, page)).message())
                .endsWith("…'")
                .hasSizeLessThan(300);
    }

    @Test
    void aRedirectSaysNothingOfTheAddressUnderWhichJenkinsWasHeard() {
        ApiAnswer away = answer(302, "", "Location", "https://status.example.org/maintenance?until=6");
        assertThat(classifier.classify(CALL, away)).isInstanceOf(PortError.Invalid.class);
        heard = true;
        assertThat(classifier.classify(CALL, away))
                .isEqualTo(
                        new PortError.Transient(
                                "Jenkins could not create node 'w-1': https://jenkins.example.org/, which did"
                                        + " answer before, redirects to https://status.example.org/maintenance instead of answering"));
    }

    @Test
    void onlyA401RefusesTheCredential() {
        assertThat(AnswerClassifier.refusesCredential(answer(401, ""))).isTrue();
        assertThat(AnswerClassifier.refusesCredential(answer(403, DENIED))).isFalse();
    }

    private static Arguments row(ApiAnswer answer, Class<? extends PortError> kind, String words) {
        return Arguments.of(answer.status(), kind, answer, words);
    }
}
