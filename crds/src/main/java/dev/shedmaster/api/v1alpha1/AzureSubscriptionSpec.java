package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose machines, with which credentials and limits.
 */
@ApiRecord
@ValidationRule(
        value = "!self.resourceGroup.lowerAscii().startsWith('kola-cluster')",
        fieldPath = ".resourceGroup",
        message =
                "resourceGroup must not begin with kola-cluster: the image tests' own clean-up deletes groups of such names, with everything in them. Make a group of another name")
@ValidationRule(
        value = "self.subscriptionId.lowerAscii() == oldSelf.subscriptionId.lowerAscii()",
        fieldPath = ".subscriptionId",
        message =
                "subscriptionId cannot be changed: the machines in the old subscription would be forgotten. Make another AzureSubscription and point the pools to it")
@ValidationRule(
        value = "self.resourceGroup.lowerAscii() == oldSelf.resourceGroup.lowerAscii()",
        fieldPath = ".resourceGroup",
        message =
                "resourceGroup cannot be changed: the machines in the old group would be forgotten. Make another AzureSubscription and point the pools to it")
@ValidationRule(
        value = "!has(self.prices) || self.prices.all(p, !p.onDemand.matches(r'" + Forms.MONEY
                + "') || !self.prices[0].onDemand.matches(r'" + Forms.MONEY
                + "') || p.onDemand.split(' ')[1] == self.prices[0].onDemand.split(' ')[1])",
        fieldPath = ".prices",
        message = "prices must all be in one currency, or they cannot be compared: write all in the same")
public record AzureSubscriptionSpec(
        @JsonPropertyDescription("Id of the subscription. Cannot be changed.")
        @Required
        @Pattern(Forms.UUID)
        @Size(min = 1, max = 36)
        String subscriptionId,

        @JsonPropertyDescription(
                "Resource group for the machines, with nothing else in it. It must exist; it is never created or deleted. Cannot be changed.")
        @Required
        @Pattern(Forms.RESOURCE_GROUP)
        @Size(min = 1, max = 90)
        String resourceGroup,

        @JsonPropertyDescription("Region, such as westeurope.")
        @Required
        @Pattern(Forms.LOCATION)
        @Size(min = 1, max = 64)
        String location,

        @JsonPropertyDescription("How the operator signs in. Exactly one member.") @Required
        AzureAuth auth,

        @JsonPropertyDescription("What all pools together may use.") @Default("{}")
        AzureLimits limits,

        @JsonPropertyDescription(
                "Addresses for sovereign clouds. Tokens are made out for the cloud whose resourceManager is named, or else whose authority. Absent: the public cloud.")
        @Nullable
        AzureEndpoints endpoints,

        @JsonPropertyDescription("What happens to machines of ours that nothing knows of.") @Default("{}")
        LeakCollection leakCollection,

        @JsonPropertyDescription("Prices of the sizes. They decide between placements and feed budgets.")
        @Size(min = 0, max = 200)
        List<VmPrice> prices) {

    public AzureSubscriptionSpec {
        limits = Absent.or(limits, AzureLimits.DEFAULT);
        leakCollection = Absent.or(leakCollection, LeakCollection.DEFAULT);
        prices = Absent.list(prices);
    }
}
