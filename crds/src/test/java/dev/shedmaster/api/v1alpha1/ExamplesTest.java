package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A user can start from the examples")
@ExtendWith(ApiServer.Parameter.class)
class ExamplesTest {

    @ParameterizedTest
    @MethodSource("examples")
    void eachIsAccepted(Path example, ApiServer server) {
        String namespace =
                server.namespace("example-" + example.getFileName().toString().replace('.', '-'));
        String printed = server.kubectl("apply", "--server-side", "-n", namespace, "-f", example.toString());
        assertThat(printed.toLowerCase(Locale.ROOT))
                .contains("serverside-applied")
                .doesNotContain("warning");
    }

    @Test
    void allAreAcceptedTogetherAndAgain(ApiServer server) {
        String namespace = server.namespace("examples-together");
        server.kubectl("apply", "--server-side", "-n", namespace, "-f", GeneratedFiles.EXAMPLES.toString());
        server.kubectl("apply", "--server-side", "-n", namespace, "-f", GeneratedFiles.EXAMPLES.toString());
        assertThat(server.kubectl("get", "shedmaster", "-n", namespace, "-o", "name")
                        .lines())
                .containsExactlyInAnyOrder(
                        "azuresubscription.shedmaster.dev/azure",
                        "baremetalhost.shedmaster.dev/rx220-1",
                        "hetzneraccount.shedmaster.dev/robot",
                        "jenkinsserver.shedmaster.dev/jenkins",
                        "workerpool.shedmaster.dev/amd64-kvm",
                        "workerpool.shedmaster.dev/arm64-kvm",
                        "workerpool.shedmaster.dev/light");
    }

    @Test
    void theRecordsReadWhatTheUserWrote(ApiServer server) {
        String namespace = server.namespace("examples-read");
        server.kubectl(
                "apply", "--server-side", "-n", namespace, "-f", GeneratedFiles.EXAMPLES.resolve("fleet.yaml") + "");

        WorkerPoolSpec pool = server.client()
                .resources(WorkerPool.class)
                .inNamespace(namespace)
                .withName("amd64-kvm")
                .require()
                .getSpec();
        assertThat(pool.ci().jenkins())
                .isEqualTo(new JenkinsBinding(
                        new NameReference("jenkins"),
                        List.of("amd64", "kvm", "sudo"),
                        1,
                        JenkinsNodeMode.EXCLUSIVE,
                        "/var/lib/jenkins"));
        assertThat(pool.machine())
                .isEqualTo(new MachineRequirements(Architecture.AMD64, 8, "32Gi", "100Gi", Kvm.REQUIRED));
        assertThat(pool.placements()).extracting(Placement::name).containsExactly("spot", "on-demand");
        assertThat(pool.scaling())
                .isEqualTo(new Scaling(
                        0,
                        24,
                        ScalingProfile.BALANCED,
                        null,
                        List.of(new Schedule("nightly", "45 20 * * 1-5", "Etc/UTC", "4h", 6, null)),
                        100,
                        1,
                        new Budget(new BudgetLimit("20 USD", "40 USD"))));
        assertThat(pool.lifecycle()).isEqualTo(new Lifecycle(1, "24h", null, "15m", "5m", null, "2h"));
        assertThat(pool.trustZone()).isEqualTo("pull-requests");
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(GeneratedFiles.EXAMPLES)) {
            List<Path> manifests = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(manifests).as("examples").hasSizeGreaterThanOrEqualTo(5);
            return manifests;
        }
    }
}
