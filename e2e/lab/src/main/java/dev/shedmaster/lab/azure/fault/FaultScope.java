package dev.shedmaster.lab.azure.fault;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a fault is aimed at. A null (or an empty set) aims at everything; all that is set must match. */
public record FaultScope(
        Set<AzureCall> calls,
        @Nullable String location,
        @Nullable String size,
        @Nullable String zone,
        CallFacts.@Nullable Priority priority,
        @Nullable Pattern name) {

    /** A zone that means: no zone, a regional machine. */
    public static final String REGIONAL = "none";

    public FaultScope {
        calls = Set.copyOf(calls);
    }

    public static FaultScope everything() {
        return new FaultScope(Set.of(), null, null, null, null, null);
    }

    public static FaultScope of(AzureCall... calls) {
        return new FaultScope(Set.of(calls), null, null, null, null, null);
    }

    public FaultScope atSize(String wanted) {
        return new FaultScope(calls, location, wanted, zone, priority, name);
    }

    public FaultScope inZone(String wanted) {
        return new FaultScope(calls, location, size, wanted, priority, name);
    }

    public FaultScope withPriority(CallFacts.Priority wanted) {
        return new FaultScope(calls, location, size, zone, wanted, name);
    }

    /** Machines whose whole name matches the regular expression. */
    public FaultScope named(String pattern) {
        return new FaultScope(
                calls, location, size, zone, priority, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
    }

    /** Whether a call is aimed at. */
    public boolean covers(CallFacts facts) {
        return (calls.isEmpty() || calls.contains(facts.call()))
                && same(location, facts.location())
                && same(size, facts.size())
                && coversZone(facts.zone())
                && (priority == null || priority == facts.priority())
                && (name == null
                        || (facts.name() != null && name.matcher(facts.name()).matches()));
    }

    private boolean coversZone(@Nullable String actual) {
        return REGIONAL.equals(zone) ? actual == null : same(zone, actual);
    }

    private static boolean same(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equalsIgnoreCase(actual);
    }
}
