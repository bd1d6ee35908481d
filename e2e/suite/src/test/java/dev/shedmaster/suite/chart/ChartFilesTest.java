package dev.shedmaster.suite.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("The chart's own files agree with each other and with the rest of the repository")
@ExtendWith(Cluster.Parameter.class)
class ChartFilesTest {

    private static final String REMEDY = "%s: run make crds and commit what it changes";
    private static final Path GENERATED_CRDS = Path.of("..", "..", "crds", "generated");

    @Test
    void itBringsTheCrdsOfThisRepository() throws IOException {
        Path folder = Chart.FOLDER.resolve("crds");
        Map<String, String> made = contents(GENERATED_CRDS);
        if (Chart.toBeWritten()) {
            for (String stale : contents(folder).keySet()) {
                Files.delete(folder.resolve(stale));
            }
            for (Map.Entry<String, String> file : made.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(contents(folder)).as(REMEDY, folder).isEqualTo(made).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void everyValueIsDescribedAndHasADefault() throws IOException {
        ValuesReference reference = ValuesReference.read();
        assertThat(reference.withoutDescription()).isEmpty();
        assertThat(reference.described()).containsExactlyInAnyOrderElementsOf(reference.given());
    }

    @Test
    void theReadmeListsTheValues() throws IOException {
        readmeHas("values", ValuesReference.read().table());
    }

    @Test
    void theReadmeListsTheRights(Cluster cluster) throws IOException {
        readmeHas(
                "rights",
                RightsReference.table(cluster.objects(cluster.chart()
                                .template("NAMESPACE", "watchNamespaces: []")
                                .mustSucceed()))
                        .replace(Chart.RELEASE + "-shedmaster", "FULLNAME"));
    }

    private static void readmeHas(String part, String made) throws IOException {
        Path readme = Chart.FOLDER.resolve("README.md");
        String begin = "<!-- " + part + ": made by make crds -->\n";
        String end = "<!-- end of " + part + " -->";
        String text = Files.readString(readme);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        assertThat(to).as("%s has the marks for %s", readme, part).isGreaterThanOrEqualTo(from);
        if (Chart.toBeWritten()) {
            text = text.substring(0, from) + made + text.substring(to);
            Files.writeString(readme, text);
            to = text.indexOf(end);
        }
        assertThat(text.substring(from, to)).as(REMEDY, readme).isEqualTo(made);
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
