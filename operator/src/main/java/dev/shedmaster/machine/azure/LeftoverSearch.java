package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds resources of this installation that no worker accounts for, by the lists of the group itself: Azure's search over
 * all resources is hours behind at times.
 */
final class LeftoverSearch {
    private final ArmClient arm;
    private final AzureAccount account;

    LeftoverSearch(ArmClient arm, AzureAccount account) {
        this.arm = arm;
        this.account = account;
    }

    /** @param known workers as {@code namespace/name} */
    Outcome<Set<Leftover>> find(Set<String> known) {
        Set<Leftover> found = new HashSet<>();
        for (AzureResource kind : AzureResource.values()) {
            switch (list(kind, known)) {
                case Outcome.Done<List<Leftover>>(List<Leftover> left) -> found.addAll(left);
                // Half a search would make the other half look as if it had been seen to be gone.
                case Outcome.Failed<List<Leftover>>(PortError error) -> {
                    return Outcome.failed(error);
                }
            }
        }
        return Outcome.done(Set.copyOf(found));
    }

    private Outcome<List<Leftover>> list(AzureResource kind, Set<String> known) {
        ArmClient.Call call = ArmClient.Call.get(
                "list-" + kind.name().toLowerCase(Locale.ROOT),
                kind.list(),
                Urgency.READ,
                arm.url(kind.path(account), kind.apiVersion()));
        return arm.readAll(
                call,
                resource -> isLeft(kind, resource, known) ? Optional.of(leftover(kind, resource)) : Optional.empty());
    }

    private boolean isLeft(AzureResource kind, JsonNode resource, Set<String> known) {
        return OwnerTags.areOurs(resource, account.installation())
                && account.mayServe(OwnerTags.worker(resource))
                && !known.contains(OwnerTags.worker(resource))
                && !isInUse(kind, resource);
    }

    /** What a machine or an interface still uses goes with it, or cannot be deleted at all. */
    static boolean isInUse(AzureResource kind, JsonNode resource) {
        JsonNode properties = resource.path("properties");
        return switch (kind) {
            case MACHINE -> false;
            case INTERFACE -> properties.path("virtualMachine").hasNonNull("id");
            case DISK -> resource.hasNonNull("managedBy");
            case ADDRESS -> properties.path("ipConfiguration").hasNonNull("id");
        };
    }

    private static Leftover leftover(AzureResource kind, JsonNode resource) {
        return new Leftover(
                resource.path("id").asText(), kind.word(), resource.path("name").asText(), OwnerTags.worker(resource));
    }
}
