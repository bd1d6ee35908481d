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
 * A Hetzner account whose dedicated servers become hosts.
 */
@JsonClassDescription("A Hetzner account whose dedicated servers become hosts.")
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("hetzneraccounts")
@Singular("hetzneraccount")
@ShortNames("hza")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(
        name = "READY",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING,
        getDescription = "Whether its servers can be provisioned.")
@AdditionalPrinterColumn(
        name = "SERVERS",
        jsonPath = ".status.servers",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "Servers that the account has.")
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
public final class HetznerAccount extends CustomResource<HetznerAccountSpec, HetznerAccountStatus>
        implements Namespaced {

    @Serial
    private static final long serialVersionUID = 1L;
}
