package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpTest {
    private Lab lab;

    @BeforeAll
    void start() throws Exception {
        lab = Lab.swift();
        lab.node("n", "x");
        lab.freestyle("j", "x", "");
    }

    @AfterAll
    void end() {
        lab.close();
    }

    private static void isPage(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(answer.headers().firstValue("X-Jenkins")).isPresent();
    }

    @Test
    void aWrongTokenIsUnauthorized() throws Exception {
        HttpResponse<String> answer = Client.with(lab.jenkins, "admin", "wrong").get("queue/api/json");
        isPage(answer, 401);
        assertThat(answer.body()).hasSizeGreaterThan(10_000);
    }

    @Test
    void nobodyIsSentToTheLogin() throws Exception {
        HttpResponse<String> answer = Client.anonymous(lab.jenkins).get("queue/api/json");
        isPage(answer, 403);
        assertThat(answer.body()).contains("/login?from=%2Fqueue%2Fapi%2Fjson");
    }

    @Test
    void someThingsAreOpenToAll() throws Exception {
        Client nobody = Client.anonymous(lab.jenkins);
        assertThat(nobody.get("login").statusCode()).isEqualTo(200);
        assertThat(nobody.get("jnlpJars/agent.jar").headers().firstValue("Last-Modified"))
                .isPresent();
        assertThat(nobody.get("tcpSlaveAgentListener/").headers().firstValue("X-Remoting-Minimum-Version"))
                .isPresent();
        assertThat(nobody.json("whoAmI/api/json").get("anonymous").asBoolean()).isTrue();
        isPage(nobody.get("wsagents/"), 400);
    }

    @Test
    void whatIsMissingIsNotFound() throws Exception {
        isPage(lab.admin.get("computer/nobody/api/json"), 404);
        isPage(lab.admin.get("job/nothing/api/json"), 404);
        isPage(lab.admin.get("nonsense"), 404);
        isPage(lab.admin.post("computer/nobody/doDelete"), 404);
    }

    @Test
    void whatChangesSomethingNeedsPost() throws Exception {
        for (String path : new String[] {
            "computer/n/doDelete", "computer/n/toggleOffline", "job/j/build", "queue/cancelItem?id=1", "quietDown"
        }) {
            isPage(lab.admin.get(path), 405);
        }
    }

    @Test
    void deleteDeletesNothing() throws Exception {
        HttpResponse<String> answer =
                lab.admin.send(lab.admin.request("computer/n/").method("DELETE", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(200);
    }

    @Test
    void aNameThatExistsOrIsBadIsRefusedWithTheReason() throws Exception {
        HttpResponse<String> exists =
                lab.admin.postXml("computer/createItem?name=n", Documents.node("n", "", "NORMAL", 1));
        isPage(exists, 400);
        assertThat(exists.body()).contains("Agent called ‘n’ already exists");
        HttpResponse<String> unsafe =
                lab.admin.postXml("computer/createItem?name=a%2Fb", Documents.node("x", "", "NORMAL", 1));
        isPage(unsafe, 400);
        assertThat(unsafe.body()).contains("‘/’ is an unsafe character");
        HttpResponse<String> job = lab.admin.postXml("createItem?name=j", Documents.freestyle(null, ""));
        isPage(job, 400);
        assertThat(job.body()).contains("A job already exists with the name ‘j’");
        isPage(lab.admin.postXml("computer/createItem?name=m", "<slave"), 400);
        isPage(lab.admin.postXml("computer/createItem?name=m", Documents.node("m", "", "NORMAL", 0)), 400);
    }

    @Test
    void aPasswordNeedsACrumbOfItsSessionAndATokenNone() throws Exception {
        Client password = Client.with(lab.jenkins, "admin", "admin");
        HttpResponse<String> refused = password.post("computer/n/changeOfflineCause");
        isPage(refused, 403);
        assertThat(refused.body()).contains("No valid crumb was included in the request");
        HttpResponse<String> issued = password.get("crumbIssuer/api/json");
        String cookie = issued.headers().firstValue("Set-Cookie").orElseThrow();
        JsonNode crumb = password.json("crumbIssuer/api/json");
        assertThat(crumb.get("crumb").asText())
                .as("another session, another crumb")
                .isNotEqualTo(issued.body());
        String field = crumb.get("crumbRequestField").asText();
        String value = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(issued.body())
                .get("crumb")
                .asText();
        HttpRequest.Builder post =
                password.request("computer/n/changeOfflineCause").POST(HttpRequest.BodyPublishers.noBody());
        assertThat(password.send(post.copy().header(field, value)).statusCode())
                .as("without the session's cookie")
                .isEqualTo(403);
        assertThat(password.send(post.copy().header(field, value).header("Cookie", cookie.split(";")[0]))
                        .statusCode())
                .isEqualTo(302);
        assertThat(lab.admin.post("computer/n/changeOfflineCause").statusCode()).isEqualTo(302);
    }
}
