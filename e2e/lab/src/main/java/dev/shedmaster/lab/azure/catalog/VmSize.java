package dev.shedmaster.lab.azure.catalog;

/**
 * A machine size.
 *
 * @param family the quota family's name, as {@code usages} spells it
 * @param tempDiskGib the local temporary disk; 0 where the size has none
 * @param nvmeGib local NVMe disks together; 0 where the size has none
 * @param cacheGib the host's cache, which can hold an ephemeral disk too
 */
public record VmSize(
        String name,
        String family,
        int cpus,
        int memoryGib,
        boolean arm,
        int tempDiskGib,
        int nvmeGib,
        int cacheGib,
        boolean spot) {

    /** Where an ephemeral OS disk can lie. */
    public enum DiskPlacement {
        CACHE("CacheDisk"),
        RESOURCE("ResourceDisk"),
        NVME("NvmeDisk");

        private final String wireName;

        DiskPlacement(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /** How large an ephemeral OS disk may be there, in GiB; 0 when it cannot lie there. */
    public int ephemeralGib(DiskPlacement placement) {
        return switch (placement) {
            case CACHE -> cacheGib;
            case RESOURCE -> tempDiskGib;
            case NVME -> nvmeGib;
        };
    }
}
