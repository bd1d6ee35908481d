package dev.shedmaster.controlplane;

import static dev.shedmaster.controlplane.Refusals.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyBinariesSourceTest {

    @TempDir
    private Path folder;

    private final ControlPlane.Options options = ControlPlane.Options.defaults();

    @Test
    void theFolderMustBeNamed() {
        assertThat(reasonOf(new ReadyBinariesSource(new Surroundings(Map.of()), options).look()))
                .isEqualTo("KUBE_API_TEST_DIR is not set");
    }

    @Test
    void theFolderMustHoldProgramsOfThisKindOfMachine() {
        fill("1.37.2-plan9-mips");
        assertThat(refusal(options)).isEqualTo(folder + " has no folder k8s/VERSION-" + Surroundings.platform());
    }

    @Test
    void allThreeProgramsMustBeThere() {
        Path release = folder.resolve("k8s/1.37.2-" + Surroundings.platform());
        Refusals.program(release, "etcd", "");
        Refusals.program(release, "kubectl", "");
        assertThat(refusal(options)).isEqualTo(release + " has no program kube-apiserver");
    }

    @Test
    void whatIsWantedBesidesMustBeThereToo() {
        Path release = fill("1.37.2-" + Surroundings.platform());
        assertThat(refusal(options.withControllers()))
                .isEqualTo(release + " has no kube-controller-manager, and controllers are wanted");
        assertThat(refusal(options.withHelm()))
                .isEqualTo("helm is wanted and is neither in " + release + " nor on the PATH");
    }

    @Test
    void thePinnedReleaseComesFirstAndThenTheNewest() {
        fill("1.9.11-" + Surroundings.platform());
        fill("1.99.0-" + Surroundings.platform());
        fill("1.100.0-" + Surroundings.platform());
        fill(PinnedRelease.kubernetes() + "-" + Surroundings.platform());
        fill("nightly-" + Surroundings.platform());
        assertThat(Binaries.under(folder))
                .extracting(binaries -> binaries.folder().getFileName().toString())
                .containsExactly(
                        PinnedRelease.kubernetes() + "-" + Surroundings.platform(),
                        "1.100.0-" + Surroundings.platform(),
                        "1.99.0-" + Surroundings.platform(),
                        "1.9.11-" + Surroundings.platform(),
                        "nightly-" + Surroundings.platform());
    }

    @Test
    void programsThatLieReadyAreStarted() {
        ReadyBinariesSource source = new ReadyBinariesSource(
                new Surroundings(
                        Map.of("KUBE_API_TEST_DIR", Builds.testFolder().toString(), "PATH", System.getenv("PATH"))),
                options);
        try (ControlPlane ready = new SourceChain(List.of(source), options.log()).open()) {
            assertThat(new Kubectl(ready.kubectl(), ready.kubeconfig()).output("get", "--raw=/readyz"))
                    .isEqualTo("ok");
        }
    }

    private Path fill(String name) {
        Path release = folder.resolve("k8s").resolve(name);
        Binaries.REQUIRED.forEach(program -> Refusals.program(release, program, ""));
        return release;
    }

    private String refusal(ControlPlane.Options wanted) {
        return reasonOf(
                new ReadyBinariesSource(new Surroundings(Map.of("KUBE_API_TEST_DIR", folder.toString())), wanted)
                        .look());
    }
}
