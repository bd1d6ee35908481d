package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * The SSH key with which the operator signs in to the servers.
 */
@ApiRecord
public record SshKey(
        @JsonPropertyDescription(
                "A Secret with the key ssh-privatekey, as of type kubernetes.io/ssh-auth, without a passphrase; ssh-publickey as well unless the private key is in OpenSSH's form.")
        @Required
        SecretReference secretRef) {}
