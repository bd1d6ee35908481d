package dev.shedmaster.lab.azure.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.arm.CallLog;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.azure.estate.Milestone;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code GET /lab/state} tells: counts, what is left over, what it costs, and each machine's life. */
public final class StateReport {

    /**
     * How many of each there are now.
     *
     * @param orphanedNics NICs that no machine uses
     * @param orphanedDisks disks that no machine uses
     * @param orphanedPublicIps public addresses that no NIC uses
     * @param billedSeconds of all machines that there ever were
     */
    public record Totals(
            int machines,
            int machinesEver,
            int nics,
            int disks,
            int publicIps,
            int orphanedNics,
            int orphanedDisks,
            int orphanedPublicIps,
            long billedSeconds,
            double dollars) {}

    private final Estate estate;
    private final CallLog calls;

    public StateReport(Estate estate, CallLog calls) {
        this.estate = estate;
        this.calls = calls;
    }

    public Totals totals() {
        return estate.locked(() -> {
            List<LifeRecord> lives = estate.lives();
            return new Totals(
                    estate.machines().size(),
                    lives.size(),
                    estate.network().nics().size(),
                    estate.disks().size(),
                    estate.network().publicIps().size(),
                    (int) estate.network().nics().stream()
                            .filter(nic -> nic.usedById() == null)
                            .count(),
                    (int) estate.disks().stream()
                            .filter(disk -> disk.usedById() == null)
                            .count(),
                    (int) estate.network().publicIps().stream()
                            .filter(ip -> ip.usedById() == null)
                            .count(),
                    lives.stream().mapToLong(life -> life.billed().toSeconds()).sum(),
                    lives.stream().mapToDouble(LifeRecord::dollars).sum());
        });
    }

    public List<LifeRecord> lives() {
        return estate.locked(estate::lives);
    }

    ObjectNode json(boolean brief) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("now", estate.now().toString());
        Totals totals = totals();
        body.putObject("counts")
                .put("machines", totals.machines())
                .put("machinesEver", totals.machinesEver())
                .put("nics", totals.nics())
                .put("disks", totals.disks())
                .put("publicIps", totals.publicIps());
        body.putObject("leftovers")
                .put("nics", totals.orphanedNics())
                .put("disks", totals.orphanedDisks())
                .put("publicIps", totals.orphanedPublicIps());
        body.putObject("bill").put("seconds", totals.billedSeconds()).put("dollars", totals.dollars());
        ObjectNode states = body.putObject("states");
        Map<String, Integer> byState = new TreeMap<>();
        List<LifeRecord> lives = lives();
        lives.forEach(life -> byState.merge(life.state(), 1, Integer::sum));
        byState.forEach(states::put);
        ObjectNode counted = body.putObject("calls");
        calls.counts().forEach((call, byStatus) -> {
            ObjectNode statuses = counted.putObject(call.name());
            byStatus.forEach((status, count) -> statuses.put(status == 0 ? "broken" : Integer.toString(status), count));
        });
        if (!brief) {
            ArrayNode machines = body.putArray("machines");
            lives.forEach(life -> machines.add(json(life)));
        }
        return body;
    }

    static ObjectNode json(LifeRecord life) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("name", life.name())
                .put("id", life.id())
                .put("size", life.size())
                .put("location", life.location())
                .put("zone", life.zone())
                .put("priority", life.priority())
                .put("state", life.state())
                .put("createCalledReal", life.createCalledReal().toString());
        ObjectNode milestones = shown.putObject("milestones");
        for (Milestone milestone : Milestone.values()) {
            if (life.milestones().containsKey(milestone)) {
                milestones.put(
                        milestone.wireName(), String.valueOf(life.milestones().get(milestone)));
            }
        }
        return shown.put("failureCode", life.failureCode())
                .put("billedSeconds", life.billed().toSeconds())
                .put("dollars", life.dollars());
    }

    ArrayNode creations() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        calls.creations()
                .forEach(creation -> list.addObject()
                        .put("realTime", creation.realTime().toString())
                        .put("name", creation.name())
                        .put("status", creation.status()));
        return list;
    }
}
