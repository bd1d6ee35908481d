package dev.shedmaster.controlplane;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** The only class that touches Testcontainers, so that nothing of it is loaded where there is no engine. */
final class K3sStart {

    private K3sStart() {}

    static ControlPlane start(String image, Surroundings surroundings, ControlPlane.Options options, Path kubectl) {
        Lifetime lifetime = Lifetime.begin();
        try {
            K3sContainer container = container(image, options);
            lifetime.atEnd(container::stop);
            container.start();
            return KubeconfigCluster.open(
                    "K3s (" + image + ")", surroundings, kubectl, container.getKubeConfigYaml(), lifetime);
        } catch (RuntimeException e) {
            lifetime.close();
            throw new ControlPlaneFailure("K3s (" + image + ") did not start: " + e.getMessage(), e);
        }
    }

    private static K3sContainer container(String image, ControlPlane.Options options) {
        K3sContainer container =
                new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        container.setCommandParts(Stream.concat(
                        Arrays.stream(container.getCommandParts()),
                        options.apiServerFlags().stream()
                                .map(flag -> "--kube-apiserver-arg=" + flag.replaceFirst("^--", "")))
                .toArray(String[]::new));
        return container.withStartupTimeout(options.deadline().multipliedBy(3));
    }
}
