package dev.shedmaster.ci.jenkins;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The steps that all streaming readings of Jenkins' answers share. */
final class JsonText {
    private JsonText() {}

    static void expect(@Nullable JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new IOException("found " + found + " where " + expected + " should be");
        }
    }

    static JsonToken next(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        if (token == null) {
            throw new IOException("the text ends early");
        }
        return token;
    }

    /** The text or number that stands here; null for anything else, which is passed over. */
    static @Nullable String text(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_STRING || (token != null && token.isNumeric())) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }

    /** The text that stands here, empty for anything else. */
    static String textOrEmpty(JsonParser json) throws IOException {
        String text = text(json);
        return text == null ? "" : text;
    }

    /** The whole number that stands here, else {@code otherwise}. */
    static long number(JsonParser json, long otherwise) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        json.skipChildren();
        return otherwise;
    }

    /** Whether {@code true} stands here. */
    static boolean isTrue(JsonParser json) throws IOException {
        json.skipChildren();
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    /** The number of elements of the array that begins here; the parser is left at its end. */
    static int count(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return 0;
        }
        int count = 0;
        while (next(json) != JsonToken.END_ARRAY) {
            count++;
            json.skipChildren();
        }
        return count;
    }

    static String bounded(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
