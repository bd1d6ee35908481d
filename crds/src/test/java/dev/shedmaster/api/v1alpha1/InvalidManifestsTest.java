package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The API server refuses a manifest with one fault, and says where and what to do")
@ExtendWith(ApiServer.Parameter.class)
class InvalidManifestsTest {

    /**
     * One fault, put into the valid manifest of its kind.
     *
     * @param fault what is wrong, for people
     * @param set values by JSON pointer
     * @param remove JSON pointers
     * @param update whether the fault is in the change of an object that exists
     * @param refused what the answer must contain: the field, and words of the remedy
     */
    record Case(
            String fault,
            String kind,
            @Nullable Map<String, JsonNode> set,
            @Nullable List<String> remove,
            boolean update,
            List<String> refused) {

        ObjectNode manifest() {
            return Manifests.changed(
                    Manifests.valid(kind),
                    Objects.requireNonNullElse(set, Map.of()),
                    Objects.requireNonNullElse(remove, List.of()));
        }

        @Override
        public String toString() {
            return kind + ": " + fault;
        }
    }

    static List<Case> cases() {
        return Arrays.asList(Manifests.resource("invalid.yaml", Case[].class));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefused(Case invalid, ApiServer server) {
        Resource<GenericKubernetesResource> request = request(server, invalid.manifest());
        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class, () -> {
            if (invalid.update()) {
                existing(server, invalid.kind());
                request.dryRun()
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .update();
            } else {
                request.dryRun()
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .create();
            }
        });

        assertThat(refusal).as("a refusal of: %s", invalid).isNotNull();
        assertThat(refusal.getStatus().getMessage()).contains(invalid.refused());
        assertThat(refusal.getStatus().getMessage()).doesNotContain("evaluation error", "no such key");
        assertThat(faultyFields(refusal))
                .as(
                        "one fault is reported at one field: %s",
                        refusal.getStatus().getMessage())
                .hasSizeLessThanOrEqualTo(1);
    }

    /** The fields that the causes name. A cause without a field only says that rules were left out because of another. */
    private static Set<String> faultyFields(KubernetesClientException refusal) {
        StatusDetails details = refusal.getStatus().getDetails();
        return details == null
                ? Set.of()
                : details.getCauses().stream()
                        .map(StatusCause::getField)
                        .filter(field -> field != null && !field.equals("<nil>"))
                        .map(field -> field.replaceFirst("^\\.", ""))
                        .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AzureSubscription", "BareMetalHost", "HetznerAccount", "JenkinsServer", "Worker", "WorkerPool"})
    void withoutTheFaultItIsAccepted(String kind, ApiServer server) {
        assertThat(request(server, Manifests.valid(kind))
                        .dryRun()
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .create())
                .isNotNull();
    }

    /** In whole numbers the rule has no rounding that could refuse it. */
    @ParameterizedTest
    @ValueSource(strings = {"118Gi", "120832Mi", "127G"})
    void aDiskThatIsJustLargeEnoughIsAccepted(String size, ApiServer server) {
        ObjectNode pool = Manifests.changed(
                Manifests.valid("WorkerPool"),
                Map.of(
                        "/metadata/name",
                        TextNode.valueOf("just-large-enough"),
                        "/spec/machine/disk",
                        TextNode.valueOf("100Gi"),
                        "/spec/placements/0/azure/osDisk/size",
                        TextNode.valueOf(size)),
                List.of());
        assertThat(request(server, pool).dryRun().create()).isNotNull();
    }

    @Test
    void theTableIsLongEnoughAndNamesEachFaultOnce() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(45);
        assertThat(cases()).extracting(Case::toString).doesNotHaveDuplicates();
        assertThat(cases())
                .allSatisfy(invalid ->
                        assertThat(invalid.refused()).as(invalid.toString()).isNotEmpty());
    }

    private static void existing(ApiServer server, String kind) {
        Resource<GenericKubernetesResource> request = request(server, Manifests.valid(kind));
        if (request.get() == null) {
            request.create();
        }
    }

    private static Resource<GenericKubernetesResource> request(ApiServer server, ObjectNode manifest) {
        GenericKubernetesResource object =
                server.client().getKubernetesSerialization().convertValue(manifest, GenericKubernetesResource.class);
        return server.client().resource(object).inNamespace("default");
    }
}
