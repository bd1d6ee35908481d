package dev.shedmaster.core.slot;

import dev.shedmaster.core.slot.HostView.Capacity;
import dev.shedmaster.core.slot.HostView.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A few hosts, workers on them, what is kept back, and requests; small enough that most of it collides. */
final class HostWorld {
    /** What is kept back of a host for a pool. */
    record Kept(String host, String pool, Amount amount) {}

    private final Random random;
    final List<HostView> hosts = new ArrayList<>();
    final List<PlacedWorker> workers = new ArrayList<>();
    final List<Kept> kept = new ArrayList<>();
    final List<SlotRequest> requests = new ArrayList<>();

    HostWorld(long seed) {
        random = new Random(seed);
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            hosts.add(host("h" + i));
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            workers.add(new PlacedWorker(pool(), name(), amount(), random.nextInt(12) == 0 ? "old" : zone()));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            kept.add(new Kept(name(), pool(), amount()));
        }
        List<Need> needs = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            needs.add(need());
        }
        for (int i = random.nextInt(25); i > 0; i--) {
            requests.add(new SlotRequest("w" + i, needs.get(random.nextInt(needs.size()))));
        }
    }

    private HostView host(String name) {
        Set<String> zones = new HashSet<>();
        if (random.nextInt(8) != 0) {
            zones.add("x");
        }
        if (random.nextBoolean()) {
            zones.add("y");
        }
        return new HostView(
                name,
                random.nextInt(6) == 0 ? Architecture.AMD64 : Architecture.ARM64,
                any(Virtualization.values()),
                new Capacity(
                        random.nextInt(20),
                        random.nextInt(3),
                        random.nextInt(3) == 0 ? 150 : 100,
                        random.nextInt(40),
                        random.nextInt(4),
                        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(4))),
                zones,
                random.nextInt(5) == 0 ? any(Standing.values()) : Standing.OPEN);
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    Need need() {
        Set<Isolation> isolations = switch (random.nextInt(3)) {
            case 0 -> Set.of(Isolation.VIRTUAL_MACHINE);
            case 1 -> Set.of(Isolation.CONTAINER);
            default -> Hosts.ANY;
        };
        Set<String> selected = new HashSet<>();
        for (HostView host : hosts) {
            if (random.nextInt(4) != 0) {
                selected.add(host.name());
            }
        }
        return new Need(
                pool(),
                new Shape(
                        random.nextInt(8) == 0 ? Architecture.AMD64 : Architecture.ARM64,
                        1 + random.nextInt(6),
                        1 + random.nextInt(12),
                        random.nextBoolean(),
                        isolations),
                zone(),
                selected);
    }

    private String name() {
        return "h" + random.nextInt(hosts.size() + 1);
    }

    private String pool() {
        return "p" + random.nextInt(3);
    }

    private @Nullable String zone() {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1, 2, 3 -> "y";
            default -> "x";
        };
    }

    private Amount amount() {
        return new Amount(random.nextInt(6), random.nextInt(10), random.nextInt(2));
    }

    SlotLedger ledger() {
        SlotLedger ledger = SlotLedger.of(hosts, workers);
        for (Kept one : kept) {
            ledger = ledger.reserve(one.host, one.pool, one.amount);
        }
        return ledger;
    }

    HostView host(SlotAnswer.Given given) {
        return hosts.stream()
                .filter(host -> host.name().equals(given.host()))
                .findAny()
                .orElseThrow();
    }

    Need need(String worker) {
        return requests.stream()
                .filter(request -> request.worker().equals(worker))
                .findAny()
                .orElseThrow()
                .need();
    }
}
