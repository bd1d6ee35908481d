package dev.shedmaster.suite.fault;

import dev.shedmaster.suite.world.World;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has the API server answer one request of a world's operator at a time and refuse all others with 429 and Retry-After, by its
 * own priority and fairness: the operator's requests get a priority level with the fewest seats that there are.
 */
final class LittleTimeForOne implements AutoCloseable {
    private static final String RIGHTS_OF = "shedmaster";

    private final World world;
    private final String name;

    private LittleTimeForOne(World world) {
        this.world = world;
        this.name = "little-time-for-" + world.namespace();
    }

    static LittleTimeForOne in(World world) {
        LittleTimeForOne refusal = new LittleTimeForOne(world);
        world.apply("""
                apiVersion: flowcontrol.apiserver.k8s.io/v1
                kind: PriorityLevelConfiguration
                metadata: {name: %1$s}
                spec:
                  type: Limited
                  limited: {nominalConcurrencyShares: 0, borrowingLimitPercent: 0, limitResponse: {type: Reject}}
                ---
                apiVersion: flowcontrol.apiserver.k8s.io/v1
                kind: FlowSchema
                metadata: {name: %1$s}
                spec:
                  priorityLevelConfiguration: {name: %1$s}
                  matchingPrecedence: 3
                  rules:
                    - subjects: [{kind: ServiceAccount, serviceAccount: {namespace: %2$s, name: %3$s}}]
                      resourceRules:
                        - {verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"], clusterScope: true}
                """.formatted(refusal.name, world.namespace(), RIGHTS_OF));
        return refusal;
    }

    /** How many requests were refused so far, by the API server's own count. */
    long refused() {
        Matcher count = Pattern.compile(
                        "(?m)^apiserver_flowcontrol_rejected_requests_total\\{flow_schema=\"" + name + "\".*} (\\S+)$")
                .matcher(world.cluster().controlPlane().metrics());
        return count.results()
                .mapToLong(found -> (long) Double.parseDouble(found.group(1)))
                .sum();
    }

    @Override
    public void close() {
        world.cluster().kubectl("delete", "flowschema/" + name, "prioritylevelconfiguration/" + name);
    }
}
