package dev.shedmaster.core.slot;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why no host could take a worker when it was its turn. Each host that it may use counts once.
 *
 * @param need what it needed
 * @param hosts how many hosts stand in each way
 * @param mostMemoryMib the most that one of those has free that lack memory
 * @param mostCpus the most that one of those has free that lack CPUs
 * @param keptFor the pools for which room is kept back
 */
public record NoRoom(Need need, Map<Obstacle, Integer> hosts, long mostMemoryMib, int mostCpus, Set<String> keptFor) {
    public NoRoom {
        EnumMap<Obstacle, Integer> ordered = new EnumMap<>(Obstacle.class);
        ordered.putAll(hosts);
        hosts = Collections.unmodifiableMap(ordered);
        keptFor = Collections.unmodifiableSet(new TreeSet<>(keptFor));
    }

    /** Counts what stands in the way on each host, each of which has something. */
    static NoRoom counted(Need need, List<HostRoom> known) {
        EnumMap<Obstacle, Integer> hosts = new EnumMap<>(Obstacle.class);
        long mostMemoryMib = 0;
        int mostCpus = 0;
        Set<String> keptFor = new TreeSet<>();
        for (HostRoom host : known) {
            Obstacle obstacle = Objects.requireNonNull(host.obstacle(need));
            hosts.merge(obstacle, 1, Integer::sum);
            switch (obstacle) {
                case MEMORY ->
                    mostMemoryMib = Math.max(mostMemoryMib, host.free().memoryMib());
                case CPUS -> mostCpus = Math.max(mostCpus, host.free().cpus());
                case KEPT_BACK -> keptFor.addAll(host.keptForOthers(need.pool()));
                default -> {}
            }
        }
        if (need.hosts().size() > known.size()) {
            hosts.put(Obstacle.UNKNOWN, need.hosts().size() - known.size());
        }
        return new NoRoom(need, hosts, mostMemoryMib, mostCpus, keptFor);
    }

    /** Whether it can end although no person changes anything. */
    public boolean isPassing() {
        return hosts.keySet().stream().anyMatch(Obstacle::isPassing);
    }

    /** A sentence for a person, without a full stop. */
    public String text() {
        if (need.hosts().isEmpty()) {
            return "no room: the pool's selector finds no host";
        }
        String all = " of " + need.hosts().size() + (need.hosts().size() == 1 ? " host " : " hosts ");
        StringBuilder text = new StringBuilder("no room: ");
        String between = all;
        for (Map.Entry<Obstacle, Integer> entry : hosts.entrySet()) {
            text.append(entry.getValue()).append(between).append(words(entry.getKey(), entry.getValue() == 1));
            text.append(", ");
            between = " ";
        }
        text.setLength(text.length() - 2);
        return text.toString();
    }

    /** What a person can change so that a host takes such a worker, where none ever does otherwise. */
    public String remedy() {
        Obstacle first = hosts.keySet().stream()
                .filter(obstacle -> !obstacle.isPassing())
                .findFirst()
                .orElse(Obstacle.UNKNOWN);
        return switch (first) {
            case NO_IMAGE ->
                "put " + image() + " into /var/lib/shedmaster/images of a host, or say in hosts.image where hosts fetch"
                        + " it (name, version and index, or url and sha256)";
            case UNSCHEDULABLE -> "set spec.schedulable of a host to true, or select others in hosts.selector";
            case ZONE ->
                need.zone() == null
                        ? "select hosts without spec.trustZones in hosts.selector, or make a pool with a trustZone"
                        : "add " + need.zone() + " to spec.trustZones of a host, or select others in hosts.selector";
            case TOO_SMALL ->
                "lower the pool's machine.cpus and machine.memory or the hosts' spec.reserved, or select larger hosts in"
                        + " hosts.selector";
            case NO_NESTING -> "set hosts.isolation of the placement to Container, or machine.kvm to Unneeded";
            case NO_KVM ->
                "switch virtualisation on in the hosts' firmware, or set machine.kvm to Unneeded and hosts.isolation to"
                        + " Container";
            case ARCHITECTURE ->
                "select hosts of architecture " + need.shape().architecture().word()
                        + " in hosts.selector, or change machine.architecture";
            default -> "correct hosts.selector of the placement, or the labels of a BareMetalHost";
        };
    }

    private String image() {
        return need.supply() == null ? "" : need.supply().image();
    }

    private String words(Obstacle obstacle, boolean one) {
        Shape shape = need.shape();
        String is = one ? "is" : "are";
        String has = one ? "has" : "have";
        String lacks = one ? "lacks" : "lack";
        return switch (obstacle) {
            case MEMORY ->
                lacks + " memory (needs " + Amount.memory(shape.memoryMib()) + ", most free is "
                        + Amount.memory(mostMemoryMib) + ")";
            case CPUS -> lacks + " CPUs (needs " + shape.cpus() + ", most free are " + mostCpus + ")";
            case KVM_SLOTS -> has + " no KVM slot free";
            case KEPT_BACK -> (one ? "keeps its" : "keep their") + " room back for " + String.join(", ", keptFor);
            case DRAINING -> is + " being drained";
            case NOT_READY -> is + " not ready";
            case IMAGE_COMES -> (one ? "fetches" : "fetch") + " the image " + image();
            case NO_IMAGE -> (one ? "does" : "do") + " not have the image " + image();
            case UNSCHEDULABLE -> (one ? "takes" : "take") + " no more workers (spec.schedulable)";
            case FORMER_ZONE ->
                "still " + has + " workers of a zone that " + (one ? "it lists" : "they list")
                        + " no more (spec.trustZones)";
            case ZONE ->
                need.zone() == null
                        ? (one ? "serves" : "serve") + " trust zones, and the pool has none (spec.trustZone)"
                        : (one ? "does" : "do") + " not list zone " + need.zone() + " (spec.trustZones)";
            case TOO_SMALL ->
                is + " too small even when empty (needs " + shape.cpus() + (shape.cpus() == 1 ? " CPU" : " CPUs")
                        + " and " + Amount.memory(shape.memoryMib()) + ")";
            case NO_NESTING -> has + " no nested virtualisation, which KVM in a virtual machine needs";
            case NO_KVM -> has + " no KVM";
            case ARCHITECTURE -> is + " not " + shape.architecture().word();
            case UNKNOWN -> is + " not known yet";
        };
    }
}
