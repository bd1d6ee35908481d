package dev.shedmaster.lab.jenkins.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent back. */
@SuppressWarnings("ArrayRecordComponent") // the bytes are made for one answer and only written
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

    Answer(int status, String contentType, byte[] body) {
        this(status, contentType, body, Map.of());
    }

    static Answer text(int status, String contentType, String body) {
        return new Answer(status, contentType + ";charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer html(int status, String body) {
        return text(status, "text/html", body);
    }

    static Answer empty(int status) {
        return new Answer(status, "", new byte[0]);
    }

    /** What the controller answers to forms that were accepted. */
    static Answer redirect(String location) {
        return empty(302).with("Location", location);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }
}
