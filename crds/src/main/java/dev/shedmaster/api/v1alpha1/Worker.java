package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
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
 * One machine and its registration, for one life. Made by the operator and owned by a pool.
 */
@JsonClassDescription("One machine and its registration, for one life. Made by the operator and owned by a WorkerPool.")
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("workers")
@Singular("worker")
@ShortNames("wk")
@AdditionalSelectableField(jsonPath = ".spec.poolRef.name")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(
        name = "POOL",
        jsonPath = ".spec.poolRef.name",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "The pool.")
@AdditionalPrinterColumn(
        name = "PHASE",
        jsonPath = ".status.phase",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Where the worker is in its life.")
@AdditionalPrinterColumn(
        name = "PLACEMENT",
        jsonPath = ".status.machine.offering",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "What was asked of the provider.")
@AdditionalPrinterColumn(
        name = "JOB",
        jsonPath = ".status.jobs[0].name",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "What it runs; of several jobs the one that runs longest.")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE,
        getDescription = "Time since creation.")
@AdditionalPrinterColumn(
        name = "REASON",
        jsonPath = ".status.reason",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "What it waits for, or why it failed, in one word.")
@AdditionalPrinterColumn(
        name = "MESSAGE",
        jsonPath = ".status.message",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "What it waits for, or why it failed.",
        priority = 1)
@AdditionalPrinterColumn(
        name = "MACHINE",
        jsonPath = ".status.machine.id",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "The provider's id of the machine.",
        priority = 1)
public final class Worker extends CustomResource<WorkerSpec, WorkerStatus> implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1L;
}
