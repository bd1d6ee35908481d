package dev.shedmaster.ci.jenkins;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.shedmaster.http.ApiAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.Headers;

/** Answers that a real Jenkins 2.541.3 gave, and answers made for a test. */
final class Recorded {
    private Recorded() {}

    static byte[] bytes(String file) {
        try (InputStream in = Objects.requireNonNull(Recorded.class.getResourceAsStream("/jenkins/" + file), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonParser json(byte[] body) {
        try {
            return new JsonFactory().createParser(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonParser json(String text) {
        return json(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<QueueItem> queue(JsonParser json) throws IOException {
        List<QueueItem> items = new ArrayList<>();
        QueueReader.read(json, items::add);
        return items;
    }

    static ApiAnswer answer(int status, String body, String... headers) {
        return new ApiAnswer(status, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }
}
