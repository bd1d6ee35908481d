package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.fault.KnownError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Azure's own capacity: how many machines of what kind find a host. Guarded by the estate's lock. */
final class CapacityBook {
    private static final class Shelf {
        final CapacityRule rule;
        int allocated;

        Shelf(CapacityRule rule) {
            this.rule = rule;
        }
    }

    private final List<Shelf> shelves = new ArrayList<>();

    /** The rules from now on; {@code holders} are the machines that hold capacity at this moment. */
    void change(List<CapacityRule> rules, Collection<VmPlan> holders) {
        shelves.clear();
        for (CapacityRule rule : rules) {
            Shelf shelf = new Shelf(rule);
            shelf.allocated = (int) holders.stream().filter(rule::concerns).count();
            shelves.add(shelf);
        }
    }

    List<CapacityRule> rules() {
        return shelves.stream().map(shelf -> shelf.rule).toList();
    }

    /** Why there is no host for the machine; empty when there is one. */
    Optional<KnownError> refusal(VmPlan plan) {
        return shelves.stream()
                .filter(shelf -> shelf.rule.concerns(plan) && shelf.allocated >= shelf.rule.machines())
                .map(shelf -> shelf.rule.refusalFor(plan))
                .findFirst();
    }

    void take(VmPlan plan) {
        count(plan, 1);
    }

    void free(VmPlan plan) {
        count(plan, -1);
    }

    private void count(VmPlan plan, int change) {
        for (Shelf shelf : shelves) {
            if (shelf.rule.concerns(plan)) {
                shelf.allocated += change;
            }
        }
    }
}
