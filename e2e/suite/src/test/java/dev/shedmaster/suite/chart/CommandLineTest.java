package dev.shedmaster.suite.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.cli.Main;
import dev.shedmaster.suite.Program;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The operator understands the command line that the chart gives it")
@ExtendWith(Cluster.Parameter.class)
class CommandLineTest {

    private static final Program OPERATOR = new Program(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName()),
            Map.of());

    @ParameterizedTest
    @EnumSource(names = {"DEFAULTS", "EVERYTHING", "WHOLE_CLUSTER", "WITHOUT_LEADER_ELECTION"})
    void ofEachKindOfInstallation(ValuesCase values, Cluster cluster) {
        Deployment deployment =
                cluster
                        .objects(cluster.chart()
                                .template("ci-system", values.yaml())
                                .mustSucceed())
                        .stream()
                        .filter(Deployment.class::isInstance)
                        .map(Deployment.class::cast)
                        .findFirst()
                        .orElseThrow();
        List<String> arguments = new ArrayList<>(deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getArgs());
        // One that it does not know, so that nothing runs: it must be the only one that it complains of.
        arguments.add("--no-such-flag");
        assertThat(OPERATOR.runWith("", arguments).mustFail()).startsWith("Unknown option: '--no-such-flag'");
    }
}
