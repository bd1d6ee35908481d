package dev.shedmaster.suite.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What the chart renders is committed, so that a change of it is read by a person")
@ExtendWith(Cluster.Parameter.class)
class GoldenManifestsTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "chart");

    @ParameterizedTest
    @EnumSource(names = {"DEFAULTS", "EVERYTHING", "WHOLE_CLUSTER"})
    void asCommitted(ValuesCase values, Cluster cluster) throws IOException {
        String rendered = cluster.chart().template("ci-system", values.yaml()).mustSucceed();
        Path file =
                FOLDER.resolve(values.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".yaml");
        if (Chart.toBeWritten()) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, rendered);
        }
        assertThat(file).exists();
        assertThat(rendered)
                .as("%s: run make crds and read the difference", file)
                .isEqualTo(Files.readString(file));
    }
}
