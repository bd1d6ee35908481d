package dev.shedmaster.machine.azure;

import dev.shedmaster.port.PortError;
import java.util.Collection;
import java.util.Optional;

/**
 * What a machine must have at least.
 *
 * @param cpus vCPUs
 * @param memory in GiB
 */
public record LeastSize(int cpus, int memory) {

    /** The first size that is too small, with what to do about it. A size of which we do not know enough passes. */
    public Optional<PortError.Invalid> tooSmall(Collection<String> sizes) {
        return sizes.stream()
                .flatMap(name -> VmSize.parse(name).stream())
                .flatMap(size -> check(size).stream())
                .findFirst();
    }

    private Optional<PortError.Invalid> check(VmSize size) {
        if (size.usableVcpus() < cpus) {
            return Optional.of(refused(size, size.usableVcpus() + " vCPUs", "cpus", String.valueOf(cpus)));
        }
        return size.memory().isPresent() && size.memory().getAsInt() < memory
                ? Optional.of(refused(size, size.memory().getAsInt() + " GiB of memory", "memory", memory + " GiB"))
                : Optional.empty();
    }

    private static PortError.Invalid refused(VmSize size, String has, String field, String wanted) {
        return new PortError.Invalid(
                "vmSizes",
                "vmSizes: " + size.name() + " has " + has + ", and spec.machine." + field + " asks for " + wanted
                        + ": take a larger size, or ask for less");
    }
}
