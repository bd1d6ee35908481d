package dev.shedmaster.cli;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.Outcome;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Prints what is left behind, account by account. One that cannot be used keeps none of the others from being looked at. */
final class LeftoverList {
    static final int FOUND = 4;
    private static final int FAILED = 1;

    private final PrintWriter out;
    private final Function<AzureSubscription, Outcome<Set<Leftover>>> look;

    LeftoverList(PrintWriter out, Function<AzureSubscription, Outcome<Set<Leftover>>> look) {
        this.out = out;
        this.look = look;
    }

    /** The exit status: an account that could not be looked at weighs more than what was found in another. */
    int print(List<AzureSubscription> subscriptions) {
        int found = 0;
        int failed = 0;
        for (AzureSubscription subscription : subscriptions) {
            switch (look.apply(subscription)) {
                case Outcome.Done<Set<Leftover>> done -> {
                    print(subscription, done.value());
                    found += done.value().size();
                }
                case Outcome.Failed<Set<Leftover>> error -> {
                    out.println(Names.of(subscription) + ": could not be read: "
                            + error.error().message());
                    failed++;
                }
            }
        }
        if (subscriptions.isEmpty()) {
            out.println("there are no AzureSubscriptions");
        }
        if (failed > 0) {
            return FAILED;
        }
        return found > 0 ? FOUND : 0;
    }

    private void print(AzureSubscription subscription, Set<Leftover> leftovers) {
        if (leftovers.isEmpty()) {
            out.println(Names.of(subscription) + ": nothing is left behind");
            return;
        }
        out.println(Names.of(subscription) + ": " + leftovers.size() + " left behind");
        leftovers.stream()
                .sorted(Comparator.comparing(Leftover::id))
                .forEach(leftover -> out.printf(
                        "  %-18s %-44s made for worker %s%n", leftover.kind(), leftover.name(), leftover.worker()));
    }
}
