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
 * A Jenkins server whose queue the pools serve.
 */
@JsonClassDescription("A Jenkins server whose queue the pools serve.")
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("jenkinsservers")
@Singular("jenkinsserver")
@ShortNames("jks")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(
        name = "URL",
        jsonPath = ".spec.url",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Where it is.")
@AdditionalPrinterColumn(
        name = "READY",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Whether its queue is served.")
@AdditionalPrinterColumn(
        name = "VERSION",
        jsonPath = ".status.version",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Version of Jenkins.")
@AdditionalPrinterColumn(
        name = "QUEUED",
        jsonPath = ".status.queue.buildable",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Items that need a worker now.")
@AdditionalPrinterColumn(
        name = "UNMATCHED",
        jsonPath = ".status.queue.unmatched",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Items that neither a pool nor an agent outside the fleet serves.")
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
@ValidationRule(
        value = "!has(oldSelf.status) || !has(oldSelf.status.session) || self.spec.url == oldSelf.spec.url",
        fieldPath = ".spec.url",
        message =
                "spec.url cannot be changed once Jenkins has answered there: the workers are nodes of that Jenkins, and their jobs would be lost. Make another JenkinsServer, and pools that name it, and delete these when their jobs have ended")
public final class JenkinsServer extends CustomResource<JenkinsServerSpec, JenkinsServerStatus> implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1L;
}
