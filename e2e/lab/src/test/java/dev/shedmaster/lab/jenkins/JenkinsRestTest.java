package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cdancy.jenkins.rest.JenkinsClient;
import com.cdancy.jenkins.rest.domain.common.IntegerResponse;
import com.cdancy.jenkins.rest.domain.job.BuildInfo;
import com.cdancy.jenkins.rest.domain.queue.QueueItem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that somebody else wrote finds a controller here. */
class JenkinsRestTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.swift();
        lab.node("anchor", "other");
    }

    @AfterEach
    void end() {
        lab.close();
    }

    private JenkinsClient client(String credentials) {
        String endPoint = lab.jenkins.url().toString();
        return JenkinsClient.builder()
                .endPoint(endPoint.substring(0, endPoint.length() - 1))
                .credentials(credentials)
                .build();
    }

    private static String token() {
        return JenkinsOptions.ADMIN.name() + ":" + JenkinsOptions.ADMIN.token();
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "password"})
    void createsTriggersListsAndCancels(String login) throws Exception {
        String credentials = login.equals("token") ? token() : "admin:admin";
        try (JenkinsClient client = client(credentials)) {
            assertThat(client.api()
                            .jobsApi()
                            .create(null, "j", Documents.freestyle("amd64 && kvm", "sleep 0.1"))
                            .value())
                    .isTrue();
            IntegerResponse queued = client.api().jobsApi().build(null, "j");
            assertThat(queued.errors()).isEmpty();
            int id = Objects.requireNonNull(queued.value());
            await().until(() -> !client.api().queueApi().queue().isEmpty());
            List<QueueItem> queue = client.api().queueApi().queue();
            assertThat(queue).singleElement().satisfies(item -> {
                assertThat(item.id()).isEqualTo(id);
                assertThat(item.task().name()).isEqualTo("j");
            });
            await().until(() -> "There are no nodes with the label ‘amd64&&kvm’"
                    .equals(client.api().queueApi().queueItem(id).why()));
            assertThat(client.api().queueApi().cancel(id).value()).isTrue();
            assertThat(client.api().queueApi().queue()).isEmpty();
            assertThat(client.api().queueApi().queueItem(id).cancelled()).isTrue();
        }
    }

    @Test
    void seesABuildToItsEnd() throws Exception {
        lab.node("n", "amd64 kvm");
        lab.online("n", false);
        try (JenkinsClient client = client(token())) {
            client.api().jobsApi().create(null, "j", parameterised());
            IntegerResponse queued =
                    client.api().jobsApi().buildWithParameters(null, "j", Map.of("who", List.of("me")));
            assertThat(queued.errors()).isEmpty();
            int id = Objects.requireNonNull(queued.value());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.api().queueApi().queueItem(id).executable() != null);
            int number = Objects.requireNonNull(
                            client.api().queueApi().queueItem(id).executable())
                    .number();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> "SUCCESS".equals(buildInfo(client, number).result()));
            assertThat(buildInfo(client, number).queueId()).isEqualTo(id);
            assertThat(buildInfo(client, number).builtOn()).isEqualTo("n");
            assertThat(Objects.requireNonNull(
                                    client.api().jobsApi().jobInfo(null, "j").lastBuild())
                            .number())
                    .isEqualTo(number);
            assertThat(client.api().jobsApi().lastBuildNumber(null, "j")).isEqualTo(number);
        }
    }

    private static BuildInfo buildInfo(JenkinsClient client, int number) {
        return client.api().jobsApi().buildInfo(null, "j", number);
    }

    private static String parameterised() {
        return Documents.freestyle("amd64 && kvm", "sleep 0.1")
                .replace(
                        "<project>",
                        "<project><properties><hudson.model.ParametersDefinitionProperty><parameterDefinitions>"
                                + "<hudson.model.StringParameterDefinition><name>who</name><defaultValue/>"
                                + "</hudson.model.StringParameterDefinition></parameterDefinitions>"
                                + "</hudson.model.ParametersDefinitionProperty></properties>");
    }

    @Test
    void quietsTheControllerDown() {
        try (JenkinsClient client = client(token())) {
            assertThat(client.api().systemApi().quietDown().value()).isTrue();
            assertThat(lab.jenkins.controller().root().quietingDown()).isTrue();
            assertThat(client.api().systemApi().cancelQuietDown().value()).isTrue();
            assertThat(lab.jenkins.controller().root().quietingDown()).isFalse();
        } catch (java.io.IOException unclosable) {
            throw new java.io.UncheckedIOException(unclosable);
        }
    }
}
