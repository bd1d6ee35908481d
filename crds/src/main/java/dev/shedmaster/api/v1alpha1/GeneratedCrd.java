package dev.shedmaster.api.v1alpha1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The CustomResourceDefinitions of this API as they are shipped: YAML documents inside this jar. */
public enum GeneratedCrd {
    AZURE_SUBSCRIPTION("azuresubscriptions"),
    BARE_METAL_HOST("baremetalhosts"),
    HETZNER_ACCOUNT("hetzneraccounts"),
    JENKINS_SERVER("jenkinsservers"),
    WORKER("workers"),
    WORKER_POOL("workerpools");

    private final String plural;

    GeneratedCrd(String plural) {
        this.plural = plural;
    }

    /** Name of the CustomResourceDefinition, such as {@code workers.shedmaster.dev}. */
    public String crdName() {
        return plural + "." + Api.GROUP;
    }

    /** Name of its file, in this jar beside this class and in the repository under {@code crds/generated}. */
    public String fileName() {
        return crdName() + ".yaml";
    }

    /** The whole document. */
    public String yaml() {
        try (InputStream file = GeneratedCrd.class.getResourceAsStream(fileName())) {
            if (file == null) {
                throw new IllegalStateException("This build lacks " + fileName() + ": run make crds and build again");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + fileName() + " from the jar", e);
        }
    }
}
