package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The jar holds every CRD")
class GeneratedCrdTest {

    @Test
    void asItIsMadeFromTheRecords() {
        Map<String, String> shipped = Arrays.stream(GeneratedCrd.values())
                .collect(Collectors.toMap(GeneratedCrd::fileName, GeneratedCrd::yaml));
        Map<String, String> made = CrdRenderer.render().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> CrdRenderer.yaml(entry.getValue())));
        assertThat(shipped).as("run make crds, then build").isEqualTo(made);
    }
}
