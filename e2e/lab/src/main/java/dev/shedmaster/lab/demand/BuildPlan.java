package dev.shedmaster.lab.demand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fan-out of one build: which stages there are and which wait for which. */
final class BuildPlan {
    /** The clouds in which an amd64 image is tested, with the hours after which a test is cut off. */
    private static final Map<String, Double> AMD64_CLOUDS = clouds();

    private static final Map<String, Double> ARM64_CLOUDS = arm64Clouds();

    private final Durations durations;
    private final List<Stage> stages = new ArrayList<>();

    private BuildPlan(Durations durations) {
        this.durations = durations;
    }

    private static Map<String, Double> clouds() {
        Map<String, Double> limits = new LinkedHashMap<>();
        limits.put("aws", 6.0);
        limits.put("azure", 6.0);
        limits.put("gce", 6.0);
        limits.put("digitalocean", 4.0);
        limits.put("vmware", 2.0);
        limits.put("openstack", 2.0);
        limits.put("brightbox", 2.0);
        limits.put("hetzner", 2.0);
        limits.put("akamai", 2.0);
        limits.put("stackit", 2.0);
        return limits;
    }

    private static Map<String, Double> arm64Clouds() {
        Map<String, Double> limits = new LinkedHashMap<>();
        limits.put("aws", 6.0);
        limits.put("azure", 6.0);
        limits.put("hetzner", 2.0);
        limits.put("stackit", 2.0);
        return limits;
    }

    /** The first phase of a new SDK; the builds with it are events of their own. */
    static List<Stage> sdk(Durations durations) {
        BuildPlan plan = new BuildPlan(durations);
        plan.add("sdk-bootstrap", MachineNeed.BUILDER, 4.8, 0.15);
        plan.add("sdk-container", MachineNeed.BUILDER, 0.8, 0.2, "sdk-bootstrap");
        return plan.stages;
    }

    /** The whole system for both architectures, with its tests. */
    static List<Stage> full(Durations durations, boolean arm64Machines) {
        BuildPlan plan = new BuildPlan(durations);
        plan.add("tag", MachineNeed.LIGHT, 0.05, 0.2);
        plan.architecture("amd64", 1.8);
        plan.architecture("arm64", 2.2);
        for (String vendor : List.of("qemu", "qemu-uefi", "qemu-uefi-secure")) {
            plan.kola("amd64", vendor, MachineNeed.KVM, 1.2);
        }
        plan.kola("amd64", "qemu-update", MachineNeed.KVM, 0.4);
        if (arm64Machines) {
            plan.kola("arm64", "qemu-uefi", MachineNeed.ARM64_KVM, 1.2);
            plan.kola("arm64", "qemu-update", MachineNeed.ARM64_KVM, 0.4);
        }
        AMD64_CLOUDS.forEach((cloud, limit) -> plan.cloud("amd64", cloud, limit));
        ARM64_CLOUDS.forEach((cloud, limit) -> plan.cloud("arm64", cloud, limit));
        return plan.stages;
    }

    /** Everything up to the images; both architectures are built on amd64. */
    private void architecture(String arch, double packagesHours) {
        add("packages-" + arch, MachineNeed.BUILDER, packagesHours, 0.35, "tag");
        add("push-pkgs-" + arch, MachineNeed.LIGHT, 0.3, 0.3, "packages-" + arch);
        add("image-" + arch, MachineNeed.BUILDER, 0.5, 0.25, "packages-" + arch);
        add("vms-" + arch, MachineNeed.BUILDER, 0.8, 0.3, "image-" + arch);
        add("image-changes-" + arch, MachineNeed.LIGHT, 0.2, 0.3, "vms-" + arch);
    }

    private void kola(String arch, String vendor, MachineNeed need, double medianHours) {
        stages.add(new Stage(
                "test-" + vendor + "-" + arch,
                need,
                durations.kola(medianHours, 0.5),
                List.of("vms-" + arch),
                null,
                true));
    }

    /** The machines of one vendor are few, so its tests hold a lock. */
    private void cloud(String arch, String cloud, double limitHours) {
        @Nullable String lock = cloud.equals("vmware") ? "vsphere" : null;
        // A lock is a freestyle job's; the other tests are Pipelines.
        stages.add(new Stage(
                "test-" + cloud + "-" + arch,
                MachineNeed.LIGHT,
                durations.cloud(limitHours),
                List.of("vms-" + arch),
                lock,
                lock == null));
    }

    private void add(String name, MachineNeed need, double medianHours, double sigma, String... after) {
        stages.add(new Stage(name, need, durations.lognormal(medianHours, sigma), List.of(after), null, false));
    }
}
