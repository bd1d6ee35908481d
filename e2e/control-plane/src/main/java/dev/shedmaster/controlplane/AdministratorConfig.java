package dev.shedmaster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The kubeconfig of an API server's administrator. */
final class AdministratorConfig {

    private AdministratorConfig() {}

    static Path write(ScratchFolder folder, ApiServer server, String token) {
        try {
            return folder.write("kubeconfig", """
                    apiVersion: v1
                    kind: Config
                    clusters:
                      - name: shedmaster
                        cluster:
                          server: %s
                          certificate-authority-data: %s
                    users:
                      - name: administrator
                        user:
                          token: %s
                    contexts:
                      - name: shedmaster
                        context:
                          cluster: shedmaster
                          user: administrator
                          namespace: default
                    current-context: shedmaster
                    """.formatted(
                    server.url(), Base64.getEncoder().encodeToString(Files.readAllBytes(server.certificate())), token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
