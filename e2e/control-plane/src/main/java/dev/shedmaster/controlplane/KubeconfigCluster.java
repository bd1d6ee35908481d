package dev.shedmaster.controlplane;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** A cluster that somebody else runs, and that is known by its kubeconfig. */
final class KubeconfigCluster implements ControlPlane {

    private final String description;
    private final Surroundings surroundings;
    private final Path kubectl;
    private final ScratchFolder folder;
    private final Path kubeconfig;
    private final Lifetime lifetime;
    private String namespace = "default";

    private KubeconfigCluster(
            String description,
            Surroundings surroundings,
            Path kubectl,
            ScratchFolder folder,
            Path kubeconfig,
            Lifetime lifetime) {
        this.description = description;
        this.surroundings = surroundings;
        this.kubectl = kubectl;
        this.folder = folder;
        this.kubeconfig = kubeconfig;
        this.lifetime = lifetime;
    }

    /**
     * Knows a cluster by a kubeconfig.
     *
     * @param kubeconfig its text, of one context, which points to no files
     * @param lifetime ends with it
     */
    static KubeconfigCluster open(
            String description, Surroundings surroundings, Path kubectl, String kubeconfig, Lifetime lifetime) {
        ScratchFolder folder = ScratchFolder.in(Path.of(System.getProperty("java.io.tmpdir")), Duration.ofDays(1));
        lifetime.atEnd(folder::close);
        return new KubeconfigCluster(
                description, surroundings, kubectl, folder, folder.write("kubeconfig", kubeconfig), lifetime);
    }

    /** Works in a new namespace, and has it deleted at the end. */
    KubeconfigCluster inNamespaceOfItsOwn() {
        namespace = "shedmaster-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        kubectl("create", "namespace", namespace);
        lifetime.atEnd(() -> kubectl("delete", "namespace", namespace, "--wait=false"));
        kubectl("config", "set-context", "--current", "--namespace=" + namespace);
        return this;
    }

    private String kubectl(String... arguments) {
        String[] line = new String[arguments.length + 2];
        line[0] = kubectl.toString();
        line[1] = "--kubeconfig=" + kubeconfig;
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return Command.of(surroundings, line).output();
    }

    @Override
    public String description() {
        return description + " at " + apiServerUrl();
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public Path kubeconfigFor(String ofNamespace, String serviceAccount) {
        return new ServiceAccountLogin(surroundings, kubectl, kubeconfig)
                .write(folder.path(), ofNamespace, serviceAccount);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public URI apiServerUrl() {
        return URI.create(kubectl("config", "view", "--output=jsonpath={.clusters[0].cluster.server}"));
    }

    @Override
    public Path kubectl() {
        return kubectl;
    }

    @Override
    public Path helm() {
        return surroundings
                .program("helm")
                .orElseThrow(() -> new ControlPlaneFailure("helm is not on the PATH: ask with Options.withHelm()"));
    }

    @Override
    public String metrics() {
        return kubectl("get", "--raw=/metrics");
    }

    @Override
    public boolean ownsApiServer() {
        return false;
    }

    @Override
    public void stopApiServer() {
        throw new UnsupportedOperationException(description + " is not ours to stop");
    }

    @Override
    public void startApiServer() {
        throw new UnsupportedOperationException(description + " is not ours to start");
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
