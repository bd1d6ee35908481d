package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentSecretReaderTest {
    private static final String SECRET = "ab".repeat(32);

    @Test
    void theRecordedAnswerForADeletedNodeHasNoName() throws IOException {
        assertThat(AgentSecretReader.read(Recorded.bytes("jenkins-agent.jnlp.xml")))
                .isEqualTo(new AgentSecretReader.AgentStart("0".repeat(64), "", true));
    }

    @Test
    void theSecretIsReadAndNotShown() throws IOException {
        AgentSecretReader.AgentStart start = read(start(SECRET, "w-1"));
        assertThat(start.secret()).isEqualTo(SECRET);
        assertThat(start.node()).isEqualTo("w-1");
        assertThat(start.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><head><title>Sign in</title></head></html>",
                "<jnlp><application-desc></application-desc></jnlp>",
                "<jnlp><application-desc><argument>short</argument><argument>w-1</argument></application-desc></jnlp>",
                "<jnlp><application-desc><argument>0123",
            })
    void whatHoldsNoSecretIsAnError(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void nothingOutsideTheAnswerIsReadAndNothingIsMultiplied(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET);
        String external = "<!DOCTYPE jnlp [<!ENTITY x SYSTEM \"" + file.toUri() + "\">]>" + start("&x;", "w-1");
        assertThatThrownBy(() -> read(external)).isInstanceOf(IOException.class);

        String laughs = "<!DOCTYPE jnlp [<!ENTITY a \"" + "ha".repeat(1000) + "\"><!ENTITY b \"" + "&a;".repeat(1000)
                + "\"><!ENTITY c \"" + "&b;".repeat(1000) + "\">]>" + start("&c;", "w-1");
        assertThatThrownBy(() -> read(laughs)).isInstanceOf(IOException.class);
    }

    private static AgentSecretReader.AgentStart read(String text) throws IOException {
        return AgentSecretReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String start(String secret, String node) {
        return "<jnlp><application-desc><argument>" + secret + "</argument><argument>" + node
                + "</argument><argument>-webSocket</argument></application-desc></jnlp>";
    }
}
