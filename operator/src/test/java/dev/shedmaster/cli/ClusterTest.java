package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What an installation is told to be is taken without a question to the cluster, if it can be a mark at all. */
class ClusterTest {
    private final KubernetesClient unasked = new KubernetesClientBuilder().build();

    @AfterEach
    void end() {
        unasked.close();
    }

    private String installation(String given) {
        return CommandLine.populateCommand(new Cluster(), "--installation=" + given)
                .installation(unasked, "ci");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "6f1a4f2c-33f5-4b6e-9f0d-0c8f5e0b7a11", "Fleet_1.eu"})
    void aMarkIsTaken(String given) {
        assertThat(installation(given)).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a", "a.", "a]", "ä", "a\n"})
    void whatCannotBeAMarkIsRefused(String given) {
        assertThatThrownBy(() -> installation(given))
                .isInstanceOfSatisfying(
                        CommandProblem.class,
                        problem -> assertThat(problem.status()).isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("--installation: must be 1 to 128 letters")
                .hasMessageContaining("is \"" + given + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 129})
    void itsLengthHasABound(int length) {
        String given = "a".repeat(length);
        if (length <= 128) {
            assertThat(installation(given)).isEqualTo(given);
        } else {
            assertThatThrownBy(() -> installation(given)).isInstanceOf(CommandProblem.class);
        }
    }
}
