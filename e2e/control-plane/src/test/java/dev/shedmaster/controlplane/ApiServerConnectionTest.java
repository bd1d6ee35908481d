package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerConnectionTest {

    /** As the file is for a moment while the API server makes it: who trusted nobody then would never be answered. */
    @Test
    void aFileThatHasNoCertificateYetIsNotTrusted(@TempDir Path folder) throws IOException {
        Path certificate = Files.createFile(folder.resolve("apiserver.crt"));
        assertThatThrownBy(() -> ApiServerConnection.open(URI.create("https://127.0.0.1:1"), "token", certificate))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("has no certificate yet");
    }
}
