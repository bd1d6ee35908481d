package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("KUBECONFIG must name a file that exists, if it names any")
class KubeconfigTest {
    @TempDir
    private Path folder;

    @Test
    void unsetOrEmptyItMeansTheUsualFile() {
        assertThatCode(() -> Kubeconfig.check(null)).doesNotThrowAnyException();
        assertThatCode(() -> Kubeconfig.check("")).doesNotThrowAnyException();
        assertThatCode(() -> Kubeconfig.check(File.pathSeparator)).doesNotThrowAnyException();
    }

    @Test
    void ofSeveralFilesOneIsEnough() throws IOException {
        Path file = Files.createFile(folder.resolve("there"));
        assertThatCode(() -> Kubeconfig.check(file.toString())).doesNotThrowAnyException();
        assertThatCode(() -> Kubeconfig.check(folder.resolve("not-there") + File.pathSeparator + file))
                .doesNotThrowAnyException();
    }

    @Test
    void aFileThatDoesNotExistIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Kubeconfig.check(missing.toString()))
                .isInstanceOf(CommandProblem.class)
                .hasMessage("KUBECONFIG names " + missing + ", and that file does not exist: set it to the kubeconfig"
                        + " of your cluster, or unset it to use ~/.kube/config");
        Path other = folder.resolve("other");
        assertThatThrownBy(() -> Kubeconfig.check(missing + File.pathSeparator + other))
                .isInstanceOf(CommandProblem.class)
                .hasMessageStartingWith(
                        "KUBECONFIG names " + missing + " and " + other + ", and none of these files exists: set it");
    }
}
