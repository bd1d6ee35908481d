package dev.shedmaster.suite.world;

import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.azure.identity.Account;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.robot.RobotOptions;
import dev.shedmaster.lab.robot.machine.Chassis;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/** What a user would write for the lab. */
public final class Manifests {

    private Manifests() {}

    /** A JenkinsServer {@code jenkins} with its Secret. */
    public static String jenkins(Lab lab) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: jenkins-token}
                stringData: {username: %s, token: %s}
                ---
                apiVersion: shedmaster.dev/v1alpha1
                kind: JenkinsServer
                metadata: {name: jenkins}
                spec:
                  url: %s
                  credentials: {secretRef: {name: jenkins-token}}
                  poll: {minInterval: 1s, maxInterval: 2s}
                """.formatted(
                        JenkinsOptions.AUTOSCALER.name(),
                        JenkinsOptions.AUTOSCALER.token(),
                        lab.jenkins().url());
    }

    /**
     * The same, whose agents reach it by another way than the operator.
     *
     * @param agentUrl its root as agents see it
     */
    public static String jenkins(Lab lab, URI agentUrl) {
        return jenkins(lab) + "  agent: {url: \"" + agentUrl + "\"}\n";
    }

    /**
     * A HetznerAccount {@code robot} with its Secrets.
     *
     * @param privateKey with which the operator signs in to servers, in OpenSSH's form
     */
    public static String robot(Lab lab, String privateKey) {
        return robotLogin(RobotOptions.PASSWORD) + "---\n"
                + robotAccount(lab.robot().url(), privateKey);
    }

    /** The Secret of that account's login. */
    public static String robotLogin(String password) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: robot-login}
                stringData: {username: "%s", password: "%s"}
                """.formatted(RobotOptions.LOGIN, password);
    }

    /** That account without the Secret of its login, but with the one of its key. */
    public static String robotAccount(URI endpoint, String privateKey) {
        return hostKey(privateKey) + """
                ---
                apiVersion: shedmaster.dev/v1alpha1
                kind: HetznerAccount
                metadata: {name: robot}
                spec:
                  endpoint: %s
                  credentials: {secretRef: {name: robot-login}}
                  sshKey: {secretRef: {name: host-key}}
                """.formatted(endpoint);
    }

    /** The Secret {@code host-key}, of the key with which the operator signs in to servers. */
    public static String hostKey(String privateKey) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: host-key}
                data: {ssh-privatekey: %s}
                """.formatted(Base64.getEncoder()
                .encodeToString((privateKey.strip() + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The BareMetalHost, of class {@code rx220}, of a server that others have installed, to which {@link #hostKey} opens.
     *
     * @param hostKeys as lines of OpenSSH's
     * @param spec what else its spec says: YAML in its flow style, without the outer brackets
     */
    public static String installedHost(
            String name, String address, int port, Collection<String> hostKeys, String spec) {
        String keys = hostKeys.stream().map(line -> "\"" + line + "\"").collect(Collectors.joining(", "));
        return """
                apiVersion: shedmaster.dev/v1alpha1
                kind: BareMetalHost
                metadata: {name: %s, labels: {class: rx220}}
                spec: {ssh: {address: %s, port: %d, hostKeys: [%s], sshKey: {secretRef: {name: host-key}}}, %s}
                """.formatted(name, address, port, keys, spec);
    }

    /** The BareMetalHost of a server that QEMU emulates, which has an image written to its first disk. It has no {@code /dev/kvm}. */
    public static String emulatedHost(String name, int number, String imageUrl, String imageSha256) {
        return """
                apiVersion: shedmaster.dev/v1alpha1
                kind: BareMetalHost
                metadata: {name: %s, labels: {class: emulated}}
                spec:
                  robot: {accountRef: {name: robot}, serverNumber: %d}
                  hardware: {architecture: amd64, cpus: 1, memory: 900Mi, kvm: Unneeded}
                  reserved: {cpus: 0, memory: 256Mi}
                  image: {url: "%s", sha256: %s}
                  rootDisk: {serial: %s}
                  scratchDisk: {serial: %s}
                """.formatted(name, number, imageUrl, imageSha256, Chassis.serial(0), Chassis.serial(1));
    }

    /** An AzureSubscription {@code azure} with its Secret. */
    public static String azure(Lab lab) {
        Account account = lab.azure().options().account();
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: azure-secret}
                stringData: {clientSecret: "%s"}
                ---
                apiVersion: shedmaster.dev/v1alpha1
                kind: AzureSubscription
                metadata: {name: azure}
                spec:
                  subscriptionId: %s
                  resourceGroup: %s
                  location: westeurope
                  auth: {clientSecret: {tenantId: %s, clientId: %s, secretRef: {name: azure-secret}}}
                  endpoints: {resourceManager: "%s", authority: "%s", instanceMetadata: "%s"}
                """.formatted(
                        account.clientSecret(),
                        account.subscriptionId(),
                        Options.GROUP,
                        account.tenantId(),
                        account.clientId(),
                        lab.azure().armUrl(),
                        lab.azure().authorityUrl(),
                        lab.azure().imdsUrl());
    }

    /**
     * A WorkerPool with one placement {@code main}.
     *
     * @param labels as in YAML, without the brackets
     * @param sizes as in YAML, without the brackets
     */
    public static String pool(Lab lab, String name, String labels, String sizes, String priority, int max) {
        String subscription = lab.azure().options().account().subscriptionId();
        return """
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {name: %s}
                spec:
                  ci: {jenkins: {serverRef: {name: jenkins}, labels: [%s]}}
                  machine: {architecture: amd64, cpus: 2, memory: 8Gi}
                  placements:
                    - name: main
                      azure:
                        subscriptionRef: {name: azure}
                        vmSizes: [%s]
                        priority: %s
                        image: {id: %s}
                        osDisk: {ephemeral: true}
                        subnetId: %s
                  scaling: {max: %d, idleTimeout: 5s}
                  lifecycle: {maxJobs: 1}
                """.formatted(
                        name,
                        labels,
                        sizes,
                        priority,
                        Options.galleryImageId(subscription),
                        Options.subnetId(subscription),
                        max);
    }
}
