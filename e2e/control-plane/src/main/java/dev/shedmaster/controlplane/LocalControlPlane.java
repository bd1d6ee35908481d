package dev.shedmaster.controlplane;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** etcd and kube-apiserver as processes of this machine, and the controllers where they are wanted. */
final class LocalControlPlane implements ControlPlane {

    /** Memory, on Linux: an etcd there is quicker, and wears no disk. */
    private static final Path TMPFS = Path.of("/dev/shm");

    private static final Duration KEEP_LOGS = Duration.ofDays(1);
    private static final Duration KEEP_DATA = Duration.ofMinutes(1);

    private final Binaries binaries;
    private final Surroundings surroundings;
    private final ScratchFolder folder;
    private final Path kubeconfig;
    private final ApiServer apiServer;
    private final Lifetime lifetime;

    private LocalControlPlane(
            Binaries binaries,
            Surroundings surroundings,
            ScratchFolder folder,
            Path kubeconfig,
            ApiServer apiServer,
            Lifetime lifetime) {
        this.binaries = binaries;
        this.surroundings = surroundings;
        this.folder = folder;
        this.kubeconfig = kubeconfig;
        this.apiServer = apiServer;
        this.lifetime = lifetime;
    }

    static LocalControlPlane start(Binaries binaries, Options options, Surroundings surroundings) {
        Lifetime lifetime = Lifetime.begin();
        ScratchFolder folder = ScratchFolder.in(Path.of(System.getProperty("java.io.tmpdir")), KEEP_LOGS);
        lifetime.atEnd(folder::close);
        try {
            return start(binaries, options, surroundings, folder, lifetime);
        } catch (RuntimeException e) {
            folder.keep(); // the message names a log in it
            lifetime.close();
            throw e;
        }
    }

    private static LocalControlPlane start(
            Binaries binaries, Options options, Surroundings surroundings, ScratchFolder folder, Lifetime lifetime) {
        ScratchFolder data = ScratchFolder.in(Files.isWritable(TMPFS) ? TMPFS : folder.path(), KEEP_DATA);
        lifetime.atEnd(data::close);
        ProcessParent parent = new ProcessParent(surroundings);
        lifetime.atEnd(parent::close);

        EtcdServer etcd = EtcdServer.start(
                parent, binaries.etcd(), data.path().resolve("etcd"), log(folder, "etcd"), options.deadline());
        lifetime.atEnd(etcd.process()::kill);

        String token = newToken();
        ApiServerLine line = new ApiServerLine(
                binaries.kubeApiServer(),
                etcd.url(),
                folder.path().resolve("certificates"),
                folder.write("tokens.csv", token + ",administrator,administrator,\"system:masters\"\n"),
                ServiceAccountKey.in(folder),
                options.apiServerFlags());
        ApiServer apiServer = ApiServer.start(
                parent, line, token, log(folder, "kube-apiserver"), options.deadline(), options.apiServerPort());
        lifetime.atEnd(apiServer::close);

        Path kubeconfig = AdministratorConfig.write(folder, apiServer, token);
        if (options.controllers()) {
            lifetime.atEnd(controllers(parent, binaries, kubeconfig, folder)::kill);
        }
        return new LocalControlPlane(binaries, surroundings, folder, kubeconfig, apiServer, lifetime);
    }

    private static Path log(ScratchFolder folder, String server) {
        return folder.path().resolve(server + ".log");
    }

    private static String newToken() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static ServerProcess controllers(
            ProcessParent parent, Binaries binaries, Path kubeconfig, ScratchFolder folder) {
        Path program = binaries.kubeControllerManager()
                .orElseThrow(() -> new ControlPlaneFailure(binaries.folder() + " has no kube-controller-manager"));
        return parent.start(
                "kube-controller-manager",
                List.of(
                        program.toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--controllers=namespace-controller,garbage-collector-controller",
                        "--leader-elect=false",
                        // Nobody asks it anything.
                        "--secure-port=0"),
                log(folder, "kube-controller-manager"));
    }

    @Override
    public String description() {
        return "kube-apiserver of " + binaries.folder() + " at " + apiServerUrl();
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public Path kubeconfigFor(String namespace, String serviceAccount) {
        return new ServiceAccountLogin(surroundings, kubectl(), kubeconfig)
                .write(folder.path(), namespace, serviceAccount);
    }

    @Override
    public String namespace() {
        return "default";
    }

    @Override
    public URI apiServerUrl() {
        return apiServer.url();
    }

    @Override
    public Path kubectl() {
        return binaries.kubectl();
    }

    @Override
    public Path helm() {
        return binaries.helm()
                .or(() -> surroundings.program("helm"))
                .orElseThrow(() -> new ControlPlaneFailure(
                        "helm is neither in " + binaries.folder() + " nor on the PATH: ask with Options.withHelm()"));
    }

    @Override
    public String metrics() {
        return apiServer.text("/metrics");
    }

    @Override
    public boolean ownsApiServer() {
        return true;
    }

    @Override
    public void stopApiServer() {
        apiServer.stop();
    }

    @Override
    public void startApiServer() {
        apiServer.start();
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
