package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A newer CRD takes what a released one took")
class CrdCompatibilityTest {

    private static final String RELEASED = """
            spec:
              group: shedmaster.dev
              scope: Namespaced
              names: {kind: Engine, plural: engines, shortNames: [en]}
              versions:
                - name: v1alpha1
                  served: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      required: [spec]
                      properties:
                        spec:
                          type: object
                          properties:
                            fuel: {type: string, enum: [Coal, Oil], default: Coal}
                            axles: {type: integer, minimum: 2, maximum: 12}
                            name: {type: string, minLength: 2, maxLength: 20}
                            tenders:
                              type: array
                              maxItems: 3
                              x-kubernetes-list-type: map
                              x-kubernetes-list-map-keys: [name]
                              items: {type: object, properties: {name: {type: string}}}
                            plates: {type: object, additionalProperties: {type: string}}
            """;

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            kind: Engine                  | kind: Locomotive               | kind was Engine and is Locomotive
            scope: Namespaced             | scope: Cluster                 | scope was Namespaced and is Cluster
            shortNames: [en]              | shortNames: [loco]             | short name en was removed
            name: v1alpha1                | name: v1beta1                  | version v1alpha1 is no longer served
            served: true                  | served: false                  | version v1alpha1 is no longer served
            fuel:                         | feed:                          | v1alpha1.spec.fuel was removed
            enum: [Coal, Oil]             | enum: [Coal]                   | value Oil of v1alpha1.spec.fuel was removed
            default: Coal                 | default: Oil                   | default of v1alpha1.spec.fuel was "Coal" and is "Oil"
            axles: {type: integer         | axles: {type: number           | type of v1alpha1.spec.axles was integer and is number
            maximum: 12                   | maximum: 8                     | maximum of v1alpha1.spec.axles was 12.0 and is 8.0
            minimum: 2                    | minimum: 3                     | minimum of v1alpha1.spec.axles was 2.0 and is 3.0
            maxLength: 20                 | maxLength: 10                  | maxLength of v1alpha1.spec.name was 20 and is 10
            minLength: 2                  | minLength: 3                   | minLength of v1alpha1.spec.name was 2 and is 3
            maxItems: 3                   | maxItems: 2                    | maxItems of v1alpha1.spec.tenders was 3 and is 2
            list-type: map                | list-type: atomic              | list type of v1alpha1.spec.tenders was map and is atomic
            {name: {type: string}}        | {name: {type: integer}}        | type of v1alpha1.spec.tenders[].name was string and is integer
            Properties: {type: string}    | Properties: {type: integer}    | type of v1alpha1.spec.plates.* was string and is integer
            required: [spec]              | required: [spec, status]       | v1alpha1.status became required
            name: {type: string, min      | name: {type: string, enum: [Mallard], min | v1alpha1.spec.name takes only [Mallard] where it took any text
            """)
    void aBreakIsFound(String released, String newer, String expected) {
        assertThat(RELEASED).contains(released);
        assertThat(CrdCompatibility.breaks(crd(RELEASED), crd(RELEASED.replace(released, newer))))
                .containsExactly(expected);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            axles: {type: integer,        | axles: {description: Count them., type: integer,
            enum: [Coal, Oil]             | enum: [Coal, Oil, Wood]
            maximum: 12                   | maximum: 16
            minLength: 2, maxLength: 20   | minLength: 1
            shortNames: [en]              | shortNames: [en, loco]
            maxItems: 3                   | description: As many as you like.
            {name: {type: string}}        | {name: {type: string}, axles: {type: integer}}
            """)
    void anAdditionIsNoBreak(String released, String newer) {
        String added = RELEASED.replace(released, newer);
        assertThat(added).isNotEqualTo(RELEASED);
        assertThat(CrdCompatibility.breaks(crd(RELEASED), crd(added))).isEmpty();
    }

    @Test
    void aCrdIsCompatibleWithItself() {
        CrdRenderer.render()
                .values()
                .forEach(definition -> assertThat(CrdCompatibility.breaks(definition, definition))
                        .isEmpty());
    }

    @Test
    void noReleasedCrdIsBroken() throws IOException {
        Map<String, CustomResourceDefinition> current = CrdRenderer.render();
        List<String> broken = new ArrayList<>();
        for (Path file : releasedFiles()) {
            CustomResourceDefinition newer = current.get(file.getFileName().toString());
            if (newer == null) {
                broken.add(file + ": the kind was removed");
            } else {
                CrdCompatibility.breaks(crd(Files.readString(file)), newer)
                        .forEach(sentence -> broken.add(file + ": " + sentence));
            }
        }
        assertThat(broken)
                .as("objects that users have stored would be refused or mean something else; add, don't change")
                .isEmpty();
    }

    private static List<Path> releasedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(GeneratedFiles.RELEASED)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static CustomResourceDefinition crd(String yaml) {
        return Serialization.unmarshal(yaml, CustomResourceDefinition.class);
    }
}
