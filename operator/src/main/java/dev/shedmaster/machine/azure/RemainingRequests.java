package dev.shedmaster.machine.azure;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import okhttp3.Headers;

/** What the headers of Azure's answers say about the requests that are left. */
final class RemainingRequests {
    private static final String IN_PROVIDER = "x-ms-ratelimit-remaining-resource";

    private RemainingRequests() {}

    /** What is left, by bucket; buckets that are not named, or not with a number, are not in it. */
    static Map<RequestBucket, Integer> in(Headers headers) {
        Map<RequestBucket, Integer> left = new EnumMap<>(RequestBucket.class);
        for (RequestBucket bucket : RequestBucket.values()) {
            String value = bucket.header() == null ? null : headers.get(bucket.header());
            if (value != null) {
                number(value).ifPresent(requests -> left.merge(bucket, requests, Math::min));
            }
        }
        for (String value : headers.values(IN_PROVIDER)) {
            for (String part : value.split(",")) {
                String[] policy = part.strip().split(";", 2);
                if (policy.length == 2) {
                    RequestBucket.named(policy[0])
                            .ifPresent(bucket ->
                                    number(policy[1]).ifPresent(requests -> left.merge(bucket, requests, Math::min)));
                }
            }
        }
        return left;
    }

    private static OptionalInt number(String value) {
        try {
            return OptionalInt.of(Integer.parseInt(value.strip()));
        } catch (NumberFormatException e) {
            // No number says nothing; the server's 429 would.
            return OptionalInt.empty();
        }
    }
}
