package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JenkinsConnectionTest {
    private static final String TOKEN = "11" + "0a".repeat(16);

    @Test
    void theRootEndsInASlashAndAgentsMayHaveTheirOwn() {
        JenkinsConnection connection = connection("https://jenkins.example.org/ci", "operator", TOKEN);
        assertThat(connection.url()).hasToString("https://jenkins.example.org/ci/");
        assertThat(connection.addressForAgents()).isEqualTo(connection.url());
        assertThat(new JenkinsConnection(
                                "ci/jenkins",
                                "i",
                                connection.url(),
                                URI.create("http://10.0.0.1:8080"),
                                null,
                                "operator",
                                TOKEN)
                        .addressForAgents())
                .hasToString("http://10.0.0.1:8080/");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://jenkins.example.org/, -, PEM",
                "HTTPS://jenkins.example.org/, -, PEM",
                "https://jenkins.example.org/, https://ci.example.org/, PEM",
                "https://jenkins.example.org/, http://10.0.0.1:8080/, -",
                "http://10.0.0.1:8080/, -, -",
            })
    void agentsAreGivenTheCertificatesWhereTheyHaveUseForThem(
            String url, @Nullable String agentUrl, @Nullable String given) {
        assertThat(new JenkinsConnection(
                                "ci/jenkins",
                                "i",
                                URI.create(url),
                                agentUrl == null ? null : URI.create(agentUrl),
                                "PEM",
                                "operator",
                                TOKEN)
                        .caBundleForAgents())
                .isEqualTo(given);
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(connection("https://jenkins.example.org/", "operator", TOKEN).toString())
                .contains("operator")
                .doesNotContain(TOKEN);
    }

    @Test
    void onlyAnApiTokenNeedsNoCrumb() {
        assertThat(connection("http://j/", "u", TOKEN).hasApiToken()).isTrue();
        assertThat(connection("http://j/", "u", "0a".repeat(16)).hasApiToken()).isTrue();
        assertThat(connection("http://j/", "u", "correct-horse").hasApiToken()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://jenkins/,u,t,url:",
        "/relative,u,t,url:",
        "http:opaque,u,t,url:",
        "http://j/?a=b,u,t,url:",
        "http://j/#a,u,t,url:",
        "http://me:pw@j/,u,t,url:",
        "http://j/,'',t,username:",
        "http://j/,a:b,t,username:",
        "http://j/,u,'',token:",
        "http://j/,u,'a b',token:",
        "http://j/,u,ä,token:",
    })
    void whatCannotBeAConnectionIsRefusedByTheFieldsName(String url, String user, String token, String field) {
        assertThatThrownBy(() -> connection(url, user, token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field);
    }

    private static JenkinsConnection connection(String url, String user, String token) {
        return new JenkinsConnection("ci/jenkins", "i", URI.create(url), null, null, user, token);
    }
}
