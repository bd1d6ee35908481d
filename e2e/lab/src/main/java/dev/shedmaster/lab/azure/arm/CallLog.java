package dev.shedmaster.lab.azure.arm;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.http.LabAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was called: how often each call with what outcome, and every creating call with its time. Safe for many threads. */
public final class CallLog {
    private static final int CREATIONS_KEPT = 200_000;

    /**
     * A creating call.
     *
     * @param realTime by the real clock
     * @param status the answer's; 0 when there was none
     */
    public record Creation(Instant realTime, String name, int status) {}

    private final Map<AzureCall, Map<Integer, Long>> counts = new EnumMap<>(AzureCall.class);
    private final List<Creation> creations = new ArrayList<>();

    synchronized void add(ArmCall call, LabAnswer answer) {
        int status = answer instanceof LabAnswer.Reply reply ? reply.status() : 0;
        counts.computeIfAbsent(call.route().call(), _ -> new TreeMap<>()).merge(status, 1L, Long::sum);
        if (call.route().call() == AzureCall.PUT_VM && creations.size() < CREATIONS_KEPT) {
            creations.add(new Creation(call.realNow(), call.route().name(), status));
        }
    }

    /** How often each call was answered with each status; 0 stands for a broken connection. */
    public synchronized Map<AzureCall, Map<Integer, Long>> counts() {
        Map<AzureCall, Map<Integer, Long>> copy = new EnumMap<>(AzureCall.class);
        counts.forEach((call, byStatus) -> copy.put(call, new TreeMap<>(byStatus)));
        return copy;
    }

    public synchronized List<Creation> creations() {
        return List.copyOf(creations);
    }
}
