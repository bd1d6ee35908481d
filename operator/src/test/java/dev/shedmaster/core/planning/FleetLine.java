package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line that describes a part of the fleet: a word, a name, then words with or without a value. */
final class FleetLine {
    private static final Set<String> FLAGS = Set.of("exclusive", "spot", "closed", "kvm");
    /** What each kind of line may say beside its name; flags stand alone, the others before their value. */
    private static final Map<String, Set<String>> WORDS = Map.of(
            "source",
            Set.of(),
            "account",
            Set.of("in", "workers", "vcpus"),
            "pool",
            Set.of("for", "labels", "exclusive", "slots", "min", "max", "idle", "priority", "weight", "soft", "hard"),
            "offering",
            Set.of("of", "from", "size", "spot", "vcpus", "price", "network"),
            "host",
            Set.of("architecture", "cpus", "memory", "virtualization", "slots", "zones"),
            "slots",
            Set.of("of", "on", "cpus", "memory", "kvm", "isolation", "zone"),
            "worker",
            Set.of("of", "on", "is", "since", "offering", "jobs", "slots", "closed", "template"),
            "agent",
            Set.of("of", "labels", "is"));

    private final String text;
    private final String kind;
    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();

    FleetLine(String text) {
        this.text = text;
        String[] words = text.split("\\s+");
        this.kind = words[0];
        this.name = words[1];
        for (int i = 2; i < words.length; i++) {
            boolean flag = FLAGS.contains(words[i]);
            if (!WORDS.getOrDefault(kind, Set.of()).contains(words[i])) {
                throw new IllegalArgumentException(
                        "\"" + words[i] + "\" is none of " + WORDS.get(kind) + " in: " + text);
            }
            values.put(words[i], flag ? "" : words[i + 1]);
            i += flag ? 0 : 1;
        }
    }

    private String get(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("say \"" + key + "\" in: " + text);
        }
        return value;
    }

    private int number(String key, int otherwise) {
        return values.containsKey(key) ? Integer.parseInt(get(key)) : otherwise;
    }

    private OptionalInt limit(String key) {
        return values.containsKey(key) ? OptionalInt.of(Integer.parseInt(get(key))) : OptionalInt.empty();
    }

    private @Nullable Double amount(String key) {
        return values.containsKey(key) ? Double.valueOf(get(key)) : null;
    }

    void addTo(ScenarioWorld world) {
        switch (kind) {
            case "source" -> world.addSource(name);
            case "account" ->
                world.addAccount(
                        new AccountView(name, limit("workers"), limit("vcpus"), values.getOrDefault("in", "EUR")));
            case "pool" -> world.addPool(pool());
            case "offering" -> world.change(get("of"), pool -> ScenarioPools.withOffering(pool, offering()));
            case "host" ->
                world.addHost(ScenarioHosts.host(
                        name,
                        values.getOrDefault("architecture", "arm64"),
                        number("cpus", 80),
                        number("memory", 256),
                        values.getOrDefault("virtualization", "KVM"),
                        limit("slots"),
                        values.getOrDefault("zones", "")));
            case "slots" -> world.change(get("of"), this::withSlots);
            case "worker" -> worker(world);
            case "agent" ->
                world.addAgent(
                        get("of"), name, Set.of(get("labels").split(",")), OutsideAgents.State.valueOf(get("is")));
            default -> throw new IllegalArgumentException("no such part of a fleet: " + text);
        }
    }

    private PoolView pool() {
        PoolView plain = ScenarioPools.plain(
                name, get("for"), Set.of(get("labels").split(",")), number("min", 0), number("max", 10));
        PoolView shaped = ScenarioPools.withShape(
                plain,
                values.containsKey("exclusive"),
                number("slots", 1),
                Duration.parse("PT" + values.getOrDefault("idle", "5m")),
                number("priority", 100),
                number("weight", 1));
        return values.containsKey("soft") || values.containsKey("hard")
                ? ScenarioPools.withBudget(shaped, ScenarioPools.budget("EUR", amount("soft"), amount("hard")))
                : shaped;
    }

    private Offering offering() {
        return new Offering(
                name,
                get("from"),
                get("size"),
                "family",
                null,
                values.containsKey("spot") ? CapacityType.SPOT : CapacityType.ON_DEMAND,
                number("vcpus", 8),
                values.containsKey("price") ? Double.parseDouble(get("price")) : 0,
                values.get("network"));
    }

    private PoolView withSlots(PoolView pool) {
        Need need = new Need(
                pool.name(),
                new Shape(
                        Architecture.ARM64,
                        number("cpus", 16),
                        number("memory", 48) * 1024L,
                        values.containsKey("kvm"),
                        ScenarioHosts.isolations(values.getOrDefault("isolation", "Container"))),
                values.get("zone"),
                Set.of(get("on").split(",")));
        return ScenarioPools.withOffering(ScenarioPools.withNeed(pool, name, need), ScenarioHosts.offering(name, need));
    }

    private void worker(ScenarioWorld world) {
        PoolView pool = world.pool(get("of"));
        Stage stage = Stage.valueOf(get("is"));
        Instant since = Scenario.time(get("since"));
        int slots = number("slots", pool.service().slotsPerWorker());
        Offering offering = values.containsKey("offering")
                ? world.offering(pool.name(), get("offering"))
                : pool.making().ladder().getFirst();
        if (values.containsKey("on")) {
            offering = ScenarioHosts.on(offering, get("on"));
        }
        world.addWorker(new WorkerView(
                name,
                pool.name(),
                stage,
                offering,
                slots,
                values.containsKey("closed") ? slots : stage == Stage.BUSY ? number("jobs", 1) : 0,
                since.minusSeconds(300),
                since,
                0,
                values.getOrDefault("template", pool.making().templateHash()),
                pool.service().labels(),
                null));
    }
}
