package dev.shedmaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call is made exactly once, whatever the other side says. */
class ApiClientTest {
    private final ScriptedServer server = new ScriptedServer();
    private final ApiClients clients = new ApiClients(new SimpleMeterRegistry());
    private final ApiClient client = clients.client(ApiClients.Options.of("test", Duration.ofSeconds(10)));

    @AfterEach
    void stop() {
        clients.close();
        server.close();
    }

    private Outcome<ApiAnswer> post() {
        HttpUrl url = Objects.requireNonNull(HttpUrl.get(server.url("/")));
        return client.send(
                "test",
                new Request.Builder()
                        .url(url)
                        .post(new FormBody.Builder().build())
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"503, 0", "503, 00", "503, 7", "408, 0", "429, 0"})
    void anAnswerThatAsksForAnotherCallIsHandedOn(int status, String patience) {
        server.then(status, "", "Retry-After", patience).then(200, "");
        assertThat(post().map(ApiAnswer::status)).isEqualTo(Outcome.done(status));
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void aRedirectIsHandedOn() {
        server.then(307, "", "Location", "/elsewhere").then(200, "");
        assertThat(post().map(ApiAnswer::status)).isEqualTo(Outcome.done(307));
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void whoDoesNotAnswerIsNotAskedAgain() {
        server.close();
        assertThat(post() instanceof Outcome.Failed<ApiAnswer>(PortError.Transient lost))
                .isTrue();
    }
}
