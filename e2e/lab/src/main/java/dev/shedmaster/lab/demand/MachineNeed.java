package dev.shedmaster.lab.demand;

/** The kinds of worker that the stages of a build ask for, as label expressions. */
public enum MachineNeed {
    /** Compiles packages and makes images, for both architectures: many cores and a container engine. */
    BUILDER("amd64 && docker"),
    /** Boots images in virtual machines. */
    KVM("amd64 && kvm && sudo"),
    /** The same on the other architecture. */
    ARM64_KVM("arm64 && kvm"),
    /** Drives a cloud's API, for hours, with little work. */
    LIGHT("amd64");

    private final String label;

    MachineNeed(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
