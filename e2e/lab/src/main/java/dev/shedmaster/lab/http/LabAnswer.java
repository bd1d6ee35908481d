package dev.shedmaster.lab.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What comes back: an answer, or a broken connection. */
public sealed interface LabAnswer {
    /** Writes and reads the trees of all answers. */
    ObjectMapper JSON = new ObjectMapper();

    /** One header; a name may occur more than once. */
    record Header(String name, String value) {}

    /** A whole answer. */
    record Reply(int status, List<Header> headers, String contentType, String body) implements LabAnswer {

        public Reply with(String name, String value) {
            List<Header> more = new ArrayList<>(headers);
            more.add(new Header(name, value));
            return new Reply(status, more, contentType, body);
        }

        public Reply with(List<Header> others) {
            List<Header> more = new ArrayList<>(headers);
            more.addAll(others);
            return new Reply(status, more, contentType, body);
        }
    }

    /** The connection is reset (TCP RST) without an answer. */
    record Reset() implements LabAnswer {}

    static Reply json(int status, JsonNode body) {
        try {
            return new Reply(status, List.of(), "application/json; charset=utf-8", JSON.writeValueAsString(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A JSON tree that can't be written", impossible);
        }
    }

    static Reply empty(int status) {
        return new Reply(status, List.of(), "", "");
    }

    static Reply text(int status, String contentType, String body) {
        return new Reply(status, List.of(), contentType, body);
    }
}
