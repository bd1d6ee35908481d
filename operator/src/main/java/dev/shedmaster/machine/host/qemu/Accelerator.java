package dev.shedmaster.machine.host.qemu;

/** What executes a guest's instructions. */
public enum Accelerator {
    /** The host's own processors: the guest must be of their architecture. */
    KVM,
    /** QEMU itself, for any architecture and many times slower: for hosts whose owner lets it, and tests. */
    TCG
}
