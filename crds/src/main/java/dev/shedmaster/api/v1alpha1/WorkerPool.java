package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
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
 * Interchangeable workers for one CI system.
 */
@JsonClassDescription("Interchangeable workers for one CI system.")
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("workerpools")
@Singular("workerpool")
@ShortNames("wp")
@Categories(Api.CATEGORY)
@ValidationRule(
        value = "self.metadata.name.size() <= 40 && self.metadata.name.matches(r'" + Forms.DNS_LABEL + "')",
        message =
                "metadata.name must be at most 40 small letters, digits and '-', beginning with a letter: it is part of the name of every machine. Choose a shorter or simpler name")
@AdditionalPrinterColumn(
        name = "READY",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Whether the pool works as it should.")
@AdditionalPrinterColumn(
        name = "QUEUED",
        jsonPath = ".status.queued",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Jobs that wait.")
@AdditionalPrinterColumn(
        name = "IDLE",
        jsonPath = ".status.idle",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Workers that could take a job now.")
@AdditionalPrinterColumn(
        name = "BUSY",
        jsonPath = ".status.busy",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Workers that run a job.")
@AdditionalPrinterColumn(
        name = "BOOTING",
        jsonPath = ".status.booting",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Workers on their way.")
@AdditionalPrinterColumn(
        name = "DESIRED",
        jsonPath = ".status.desired",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Workers that the pool should have.")
@AdditionalPrinterColumn(
        name = "MAX",
        jsonPath = ".spec.scaling.max",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "The most workers that there may be.")
@AdditionalPrinterColumn(
        name = "REASON",
        jsonPath = ".status.reason",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Why desired is what it is.")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE,
        getDescription = "Time since creation.")
public final class WorkerPool extends CustomResource<WorkerPoolSpec, WorkerPoolStatus> implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1L;
}
