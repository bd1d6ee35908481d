package dev.shedmaster.lab.azure.call;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a call when a fault is looked for: the machine's properties come from the request's body at creation and from the machine
 * itself afterwards. A null means that the call has no such property (a list has no name, a regional machine no zone).
 */
public record CallFacts(
        AzureCall call,
        @Nullable String location,
        @Nullable String name,
        @Nullable String size,
        @Nullable String zone,
        @Nullable Priority priority) {

    /** How the machine is bought. */
    public enum Priority {
        REGULAR("Regular"),
        SPOT("Spot");

        private final String wireName;

        Priority(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    public static CallFacts of(AzureCall call) {
        return new CallFacts(call, null, null, null, null, null);
    }

    public static CallFacts of(AzureCall call, String name) {
        return new CallFacts(call, null, name, null, null, null);
    }
}
