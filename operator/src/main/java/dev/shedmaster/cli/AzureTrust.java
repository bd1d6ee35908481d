package dev.shedmaster.cli;

import dev.shedmaster.kube.machine.TrustedEndpoints;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which addresses a command shows the operator's own Azure identity to. */
final class AzureTrust {
    @Option(
            names = TrustedEndpoints.OPTION,
            paramLabel = "HOST",
            split = ",",
            defaultValue = "${env:SHEDMASTER_ALLOW_AZURE_ENDPOINTS:-}",
            description = "Hosts beyond those of the Azure clouds that an AzureSubscription with workloadIdentity or"
                    + " managedIdentity may name in its endpoints: they get the operator's own tokens."
                    + " Default: SHEDMASTER_ALLOW_AZURE_ENDPOINTS of the environment, else none.")
    private String[] hosts = {};

    TrustedEndpoints endpoints() {
        return new TrustedEndpoints(Set.copyOf(List.of(hosts)));
    }
}
