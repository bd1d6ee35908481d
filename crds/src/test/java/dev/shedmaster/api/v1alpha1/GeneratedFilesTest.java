package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is made from the records is committed as it is made")
class GeneratedFilesTest {

    private static final String REMEDY = "%s is not what the records say: run make crds and commit what it changes";

    @Test
    void crdsAreUpToDate() throws IOException {
        Map<String, CustomResourceDefinition> made = CrdRenderer.render();
        for (Map.Entry<String, CustomResourceDefinition> entry : made.entrySet()) {
            compareOrWrite(GeneratedFiles.CRDS.resolve(entry.getKey()), CrdRenderer.yaml(entry.getValue()));
        }
        try (Stream<Path> files = Files.list(GeneratedFiles.CRDS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("files in %s", GeneratedFiles.CRDS)
                    .containsExactlyInAnyOrderElementsOf(made.keySet());
        }
    }

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        compareOrWrite(
                GeneratedFiles.API_REFERENCE,
                ApiReference.of(CrdRenderer.render().values()));
    }

    @Test
    void makingThemTwiceGivesTheSame() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        CrdRenderer.render().values().forEach(crd -> first.add(CrdRenderer.yaml(crd)));
        CrdRenderer.render().values().forEach(crd -> second.add(CrdRenderer.yaml(crd)));
        assertThat(second).isEqualTo(first);
    }

    private static void compareOrWrite(Path file, String made) throws IOException {
        if (GeneratedFiles.toBeWritten()) {
            GeneratedFiles.write(file, made);
        }
        assertThat(file).as(REMEDY, file).exists();
        assertThat(Files.readString(file)).as(REMEDY, file).isEqualTo(made);
    }
}
