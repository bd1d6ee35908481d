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
 * A dedicated server whose slots workers run in.
 */
@JsonClassDescription("A dedicated server whose slots workers run in.")
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("baremetalhosts")
@Singular("baremetalhost")
@ShortNames("bmh")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(
        name = "PHASE",
        jsonPath = ".status.phase",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Where the host is in its life.")
@AdditionalPrinterColumn(
        name = "ARCH",
        jsonPath = ".spec.hardware.architecture",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Instruction set.")
@AdditionalPrinterColumn(
        name = "WORKERS",
        jsonPath = ".status.room.workers",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Workers that have it or wait for it.")
@AdditionalPrinterColumn(
        name = "CPUS",
        jsonPath = ".status.room.cpus",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Hardware threads that workers have, of those that they may have.")
@AdditionalPrinterColumn(
        name = "MEMORY",
        jsonPath = ".status.room.memory",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Memory that workers have, of what they may have.")
@AdditionalPrinterColumn(
        name = "KVM",
        jsonPath = ".status.room.kvm",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Workers that have KVM.")
@AdditionalPrinterColumn(
        name = "MESSAGE",
        jsonPath = ".status.message",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "What the host waits for.")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE,
        getDescription = "Time since creation.")
public final class BareMetalHost extends CustomResource<BareMetalHostSpec, BareMetalHostStatus> implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1L;
}
