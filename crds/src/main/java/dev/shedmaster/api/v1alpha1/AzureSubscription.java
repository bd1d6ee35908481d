package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/**
 * An Azure subscription and resource group that machines are made in.
 */
@JsonClassDescription("An Azure subscription and resource group that machines are made in.")
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("azuresubscriptions")
@Singular("azuresubscription")
@ShortNames("azsub")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(
        name = "READY",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Whether machines can be made.")
@AdditionalPrinterColumn(
        name = "LOCATION",
        jsonPath = ".spec.location",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Region.")
@AdditionalPrinterColumn(
        name = "GROUP",
        jsonPath = ".spec.resourceGroup",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Resource group.")
@AdditionalPrinterColumn(
        name = "WORKERS",
        jsonPath = ".status.workers",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Machines.")
@AdditionalPrinterColumn(
        name = "VCPUS",
        jsonPath = ".status.vcpus",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Virtual CPUs of the machines.")
@AdditionalPrinterColumn(
        name = "REASON",
        jsonPath = ".status.reason",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "What matters most now.")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE,
        getDescription = "Time since creation.")
public final class AzureSubscription extends CustomResource<AzureSubscriptionSpec, AzureSubscriptionStatus>
        implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1L;
}
