package dev.shedmaster.core.slot;

/** How far virtual machines can run on a host. */
public enum Virtualization {
    /** Its {@code /dev/kvm} is not there, or does not work: containers alone, without it. */
    NONE,
    /** Its {@code /dev/kvm} is no better, and its owner lets virtual machines be emulated: none has KVM in it. */
    EMULATED,
    /**
     * On the host, and not within another: a container can have {@code /dev/kvm}, a virtual machine can't (Neoverse
     * N1).
     */
    KVM,
    /** One within another, too. */
    NESTED;

    /** Whether the host's {@code /dev/kvm} works. */
    public boolean hasKvm() {
        return this == KVM || this == NESTED;
    }

    /**
     * Whether a worker can run so. A virtual machine takes the host's KVM where the owner says nothing else: without,
     * it is slower by an order of magnitude.
     */
    boolean allows(Isolation isolation, boolean withKvm) {
        return switch (isolation) {
            case CONTAINER -> !withKvm || hasKvm();
            case VIRTUAL_MACHINE -> withKvm ? this == NESTED : this != NONE;
        };
    }
}
