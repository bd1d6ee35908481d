package dev.shedmaster.controlplane;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a kube-apiserver: the same at each of its starts, so that it comes back as it was. */
record ApiServerLine(
        Path program, URI etcd, Path certificates, Path tokens, ServiceAccountKey serviceAccounts, List<String> more) {

    List<String> on(int port) {
        List<String> line = new ArrayList<>(List.of(
                program.toString(),
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                // The server makes a certificate here, for the address above, and finds it again at its next start.
                "--cert-dir=" + certificates,
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + serviceAccounts.signing(),
                "--service-account-key-file=" + serviceAccounts.verifying(),
                "--service-cluster-ip-range=10.0.0.0/24",
                // The Endpoints of the Service "kubernetes" may not name a loopback address, and nobody needs them.
                "--endpoint-reconciler-type=none",
                // No controller makes the ServiceAccount "default" that this would have every Pod wait for.
                "--disable-admission-plugins=ServiceAccount",
                "--allow-privileged=true"));
        line.addAll(more); // last, so that they win
        return line;
    }
}
