package dev.shedmaster.core.slot;

/**
 * An amount of what hosts have and workers take.
 *
 * @param cpus whole CPUs
 * @param memoryMib memory in MiB
 * @param kvmSlots workers that start virtual machines of their own, through {@code /dev/kvm}
 */
public record Amount(int cpus, long memoryMib, int kvmSlots) {
    public static final Amount NOTHING = new Amount(0, 0, 0);

    private static final int MIB_PER_GIB = 1024;

    public Amount {
        if (cpus < 0 || memoryMib < 0 || kvmSlots < 0) {
            throw new IllegalArgumentException(
                    "cpus, memoryMib and kvmSlots must not be negative: " + cpus + ", " + memoryMib + ", " + kvmSlots);
        }
    }

    Amount plus(Amount other) {
        return new Amount(
                Math.addExact(cpus, other.cpus),
                Math.addExact(memoryMib, other.memoryMib),
                Math.addExact(kvmSlots, other.kvmSlots));
    }

    /** What is left without the other: of nothing less than nothing. */
    Amount minus(Amount other) {
        return new Amount(
                Math.max(0, cpus - other.cpus),
                Math.max(0, memoryMib - other.memoryMib),
                Math.max(0, kvmSlots - other.kvmSlots));
    }

    boolean covers(Amount other) {
        return cpus >= other.cpus && memoryMib >= other.memoryMib && kvmSlots >= other.kvmSlots;
    }

    /** How many workers of a shape it is enough for. */
    int workers(Shape shape) {
        int slots = shape.kvm() ? kvmSlots : Integer.MAX_VALUE;
        return (int) Math.min(Math.min(cpus / shape.cpus(), slots), memoryMib / shape.memoryMib());
    }

    /** {@code 48Gi}, or {@code 1536Mi} where that is not whole. */
    public static String memory(long mib) {
        return mib % MIB_PER_GIB == 0 ? mib / MIB_PER_GIB + "Gi" : mib + "Mi";
    }
}
