package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerChoiceTest {
    private static final Set<String> KNOWN = Set.of("ci/jenkins", "ci/other", "lab/jenkins");

    @ParameterizedTest
    @CsvSource({"other, ci/other", "ci/other, ci/other", "lab/jenkins, lab/jenkins"})
    void oneIsMeant(String given, String meant) {
        assertThat(ServerChoice.of(given, KNOWN)).isEqualTo(meant);
    }

    @Test
    void aNameThatSeveralHaveNeedsItsNamespace() {
        assertThatThrownBy(() -> ServerChoice.of("jenkins", KNOWN))
                .hasMessage("--server: several JenkinsServers are called \"jenkins\": write one of ci/jenkins,"
                        + " lab/jenkins");
    }

    @ParameterizedTest
    @CsvSource({"jenkin", "i/jenkins", "''", "/"})
    void aNameThatNoneHasIsAnsweredWithThoseThatThereAre(String given) {
        assertThatThrownBy(() -> ServerChoice.of(given, KNOWN))
                .isInstanceOfSatisfying(
                        CommandProblem.class,
                        problem -> assertThat(problem.status()).isEqualTo(2))
                .hasMessage("--server: there is no JenkinsServer \"" + given + "\"; there are ci/jenkins, ci/other,"
                        + " lab/jenkins");
    }

    @Test
    void whereThereIsNoneThatIsTold() {
        assertThatThrownBy(() -> ServerChoice.of("jenkins", Set.of()))
                .hasMessage("--server: there is no JenkinsServer \"jenkins\", and no other");
    }
}
