package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.Architecture;
import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostSpec;
import dev.shedmaster.api.v1alpha1.DiskSelector;
import dev.shedmaster.api.v1alpha1.HostDeletionPolicy;
import dev.shedmaster.api.v1alpha1.HostHardware;
import dev.shedmaster.api.v1alpha1.HostImage;
import dev.shedmaster.api.v1alpha1.HostMaintenance;
import dev.shedmaster.api.v1alpha1.HostReserve;
import dev.shedmaster.api.v1alpha1.HostSlots;
import dev.shedmaster.api.v1alpha1.Kvm;
import dev.shedmaster.api.v1alpha1.NameReference;
import dev.shedmaster.api.v1alpha1.RobotServer;
import dev.shedmaster.api.v1alpha1.SecretReference;
import dev.shedmaster.api.v1alpha1.SshHost;
import dev.shedmaster.api.v1alpha1.SshKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hosts of account {@code ci/robot}; a test changes of them what it is about. */
final class SampleHosts {
    static final String SHA256 = "0123456789abcdef".repeat(4);
    static final String HOST_KEY = "SHA256:" + "A".repeat(43);

    private SampleHosts() {}

    /** A server at Hetzner with 8 threads and 32Gi, of which a thread and 2Gi are reserved. */
    static BareMetalHost rented(String name) {
        return of(
                name,
                spec(new RobotServer(new NameReference("robot"), 321), null, image("1"), HostMaintenance.DEFAULT));
    }

    /** The same one, to be wiped at its end. */
    static BareMetalHost toBeWiped(String name) {
        BareMetalHostSpec spec = rented(name).getSpec();
        return of(
                name,
                new BareMetalHostSpec(
                        spec.robot(),
                        null,
                        spec.hardware(),
                        spec.image(),
                        spec.rootDisk(),
                        spec.scratchDisk(),
                        spec.reserved(),
                        spec.slots(),
                        true,
                        spec.maintenance(),
                        List.of(),
                        HostDeletionPolicy.WIPE));
    }

    /** A server that others have installed. */
    static BareMetalHost ofOthers(String name) {
        return ofOthers(name, HOST_KEY);
    }

    static BareMetalHost ofOthers(String name, String hostKey) {
        return of(
                name,
                spec(
                        null,
                        new SshHost("192.0.2.9", 22, "root", List.of(hostKey), new SshKey(new SecretReference("key"))),
                        null,
                        HostMaintenance.DEFAULT));
    }

    static BareMetalHost of(String name, BareMetalHostSpec spec) {
        BareMetalHost host = new BareMetalHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ci")
                .withName(name)
                .withGeneration(1L)
                .build());
        host.setSpec(spec);
        return host;
    }

    static BareMetalHostSpec spec(
            @Nullable RobotServer robot,
            @Nullable SshHost ssh,
            @Nullable HostImage image,
            HostMaintenance maintenance) {
        return new BareMetalHostSpec(
                robot,
                ssh,
                new HostHardware(Architecture.ARM64, 8, "32Gi", Kvm.REQUIRED),
                image,
                image == null ? null : DiskSelector.ANY,
                null,
                HostReserve.DEFAULT,
                HostSlots.DEFAULT,
                true,
                maintenance,
                List.of(),
                HostDeletionPolicy.RETAIN);
    }

    static HostImage image(String version) {
        return new HostImage(null, null, null, "https://images.example.org/" + version + ".raw", SHA256, null, null);
    }
}
