package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.http.ApiAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An error as Azure says it, at once as an answer or later as an operation's end.
 *
 * @param status the HTTP status; 0 for an operation's error
 * @param retryAfter when Azure wants to be asked again, if it said so
 * @param items the error first, then its details in their order: a general code often hides the real one behind it
 */
record ArmFailure(int status, @Nullable Duration retryAfter, List<Item> items) {
    /** How much of an error text a person sees. */
    private static final int MAX_TEXT = 600;

    private static final int MAX_DEPTH = 5;

    record Item(String code, String message, String target) {
        boolean is(String wanted) {
            return code.equalsIgnoreCase(wanted);
        }
    }

    ArmFailure {
        items = List.copyOf(items);
    }

    static ArmFailure of(ApiAnswer answer, Instant now) {
        JsonNode body = Json.read(answer.body());
        JsonNode error = body.has("error") ? body.path("error") : body;
        return new ArmFailure(answer.status(), retryAfter(answer, now), items(error));
    }

    static ArmFailure ofOperation(JsonNode error) {
        return new ArmFailure(0, null, items(error));
    }

    /** From a status of an instance view: {@code ProvisioningState/failed/AllocationFailed}. */
    static ArmFailure ofStatus(String code, String message) {
        return new ArmFailure(0, null, List.of(new Item(code, message, "")));
    }

    /** What an answer's {@code Retry-After} says, in seconds or as a date. */
    static @Nullable Duration retryAfter(ApiAnswer answer, Instant now) {
        String value = answer.headers().get("Retry-After");
        if (value == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Long.parseLong(value.strip())));
        } catch (NumberFormatException e) {
            return untilDate(value, now);
        }
    }

    private static @Nullable Duration untilDate(String value, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
        } catch (DateTimeException e) {
            // Neither of the two forms that HTTP knows: as good as no header.
            return null;
        }
    }

    private static List<Item> items(JsonNode error) {
        List<Item> items = new ArrayList<>();
        collect(error, items, 0);
        return items;
    }

    private static void collect(JsonNode error, List<Item> items, int depth) {
        if (!error.isObject() || depth > MAX_DEPTH) {
            return;
        }
        String code = error.path("code").asText("");
        String message = error.path("message").asText("");
        if (!code.isEmpty() || !message.isEmpty()) {
            items.add(new Item(code, message, error.path("target").asText("")));
        }
        for (JsonNode detail : error.path("details")) {
            collect(detail, items, depth + 1);
        }
        collect(error.path("innererror"), items, depth + 1);
    }

    /** The first item with one of these codes. */
    Optional<Item> withCode(String... codes) {
        return items.stream()
                .filter(item -> Stream.of(codes).anyMatch(item::is))
                .findFirst();
    }

    /** All messages together, to look for words in. */
    String text() {
        return String.join(" ", items.stream().map(Item::message).toList());
    }

    /** For a person. */
    String describe() {
        if (items.isEmpty()) {
            return status == 0 ? "Azure gave no reason" : "Azure answered with HTTP " + status + " and no reason";
        }
        Item first = items.getFirst();
        Item last = items.getLast();
        String said = first.code() + ": " + first.message()
                + (last.equals(first) ? "" : " (" + last.code() + ": " + last.message() + ")");
        return said.length() <= MAX_TEXT ? said : said.substring(0, MAX_TEXT) + "…";
    }
}
