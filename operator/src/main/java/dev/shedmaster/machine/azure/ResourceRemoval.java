package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.Locale;
import okhttp3.HttpUrl;

/**
 * Deletes resources, each only after reading it and finding on it both signs that it is ours. There is no other place in
 * this package that deletes.
 */
final class ResourceRemoval {
    private final ArmClient arm;
    private final AzureAccount account;
    private final QuotaLedger ledger;

    ResourceRemoval(ArmClient arm, AzureAccount account, QuotaLedger ledger) {
        this.arm = arm;
        this.account = account;
        this.ledger = ledger;
    }

    Outcome<Nothing> deleteMachine(String machine) {
        Outcome<Nothing> removed = remove(AzureResource.MACHINE, machine);
        if (removed instanceof Outcome.Done<Nothing>) {
            ledger.release(machine);
        }
        return removed;
    }

    Outcome<Nothing> collect(Leftover leftover) {
        return AzureResource.ofId(account, leftover.id())
                .map(kind -> remove(kind, leftover.id().substring(leftover.id().lastIndexOf('/') + 1)))
                .orElseGet(() -> Outcome.failed(new PortError.Invalid(
                        "id", "id: " + leftover.id() + " is not a resource in " + account.resourceGroup())));
    }

    private Outcome<Nothing> remove(AzureResource kind, String name) {
        if (!MachineName.marks(name)) {
            return Outcome.failed(foreign(kind, name));
        }
        HttpUrl url = arm.url(kind.path(account) + "/" + name, kind.apiVersion());
        Outcome<JsonNode> read = arm.read(ArmClient.Call.get("check-" + word(kind), kind.get(), Urgency.DELETE, url));
        return switch (read) {
            case Outcome.Done<JsonNode>(JsonNode resource) -> removeIfOurs(kind, name, url, resource);
            case Outcome.Failed<JsonNode>(PortError.NotFound gone) -> Outcome.done(Nothing.NOTHING);
            case Outcome.Failed<JsonNode>(PortError error) -> Outcome.failed(error);
        };
    }

    private Outcome<Nothing> removeIfOurs(AzureResource kind, String name, HttpUrl url, JsonNode resource) {
        if (!OwnerTags.areOurs(resource, account.installation())) {
            return Outcome.failed(foreign(kind, name));
        }
        if (isBeingDeleted(resource)) {
            return Outcome.done(Nothing.NOTHING);
        }
        if (LeftoverSearch.isInUse(kind, resource)) {
            return Outcome.failed(
                    new PortError.Transient("the " + kind.word() + " " + name + " is in use and goes with its user"));
        }
        return delete(kind, url);
    }

    private static PortError foreign(AzureResource kind, String name) {
        return new PortError.AlreadyExists("the " + kind.word() + " " + name
                + " lacks this installation's tag or a machine's name: it is left alone");
    }

    private static boolean isBeingDeleted(JsonNode resource) {
        return resource.path("properties")
                .path("provisioningState")
                .asText("")
                .toLowerCase(Locale.ROOT)
                .equals("deleting");
    }

    /** Forced: a worker's disk is not worth a graceful shutdown, which takes minutes that are paid for. */
    private Outcome<Nothing> delete(AzureResource kind, HttpUrl url) {
        boolean machine = kind == AzureResource.MACHINE;
        HttpUrl target = machine
                ? url.newBuilder().addQueryParameter("forceDeletion", "true").build()
                : url;
        ArmClient.Call call = ArmClient.Call.delete(
                "delete-" + word(kind), machine ? RequestKind.DELETE_VM : RequestKind.DELETE_OTHER, target);
        return arm.send(call).then(this::deleted);
    }

    private Outcome<Nothing> deleted(ApiAnswer answer) {
        return answer.isSuccess() || answer.status() == 404
                ? Outcome.done(Nothing.NOTHING)
                : Outcome.failed(arm.failure(answer));
    }

    private static String word(AzureResource kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
