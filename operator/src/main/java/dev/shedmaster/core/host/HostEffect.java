package dev.shedmaster.core.host;

/** What the shell has to do for a host. Each may be done twice, a crash repeats it; but for {@link RebootNow}. */
public sealed interface HostEffect {

    /** Have the landlord show whose the server is. */
    record Claim() implements HostEffect {}

    record EnsureKey() implements HostEffect {}

    record ArmRescue() implements HostEffect {}

    record DisarmRescue() implements HostEffect {}

    /**
     * Reboot it once. By {@link Rung#SHELL} only that boot is ended which {@code reboot} names. It is recorded before, and never done
     * again from that record.
     */
    record RebootNow(Reboot reboot) implements HostEffect {}

    /** Look at the hardware from inside of the rescue system. */
    record Inspect() implements HostEffect {}

    /** Look at the disks' health and marks from inside of the rescue system. */
    record LookAtDisks() implements HostEffect {}

    /** Start to write the image, unless this boot of the rescue system has; and tell how far it is. */
    record Install(String generation, DiskPlan disks) implements HostEffect {}

    /** Read the installed system's host keys from its disk. */
    record CollectHostKeys(DiskPlan disks) implements HostEffect {}

    /** Try whether it can do what workers need. */
    record Probe() implements HostEffect {}

    /** Start to wipe the disks, unless this boot of the rescue system has; and tell how far it is. */
    record Wipe() implements HostEffect {}

    /** Have the landlord show nobody as the owner, and forget our key unless others use it. */
    record Release() implements HostEffect {}

    /** Nothing is left to do: let the object go. */
    record Forget() implements HostEffect {}
}
