package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Machine;
import dev.shedmaster.bench.simulation.Site;
import java.time.Duration;
import java.time.Instant;

/**
 * How Jenkins' cloud plugins let machines go: each is looked at once a minute, and ends if it has been idle for longer than
 * allowed. {@code CloudRetentionStrategy} of Jenkins' core and {@code AzureVMCloudRetensionStrategy} of azure-vm-agents 46a7439
 * agree in this.
 */
final class IdleRetention {
    private static final Duration CHECK = Duration.ofMinutes(1);

    private IdleRetention() {}

    static void start(Site site, Duration allowed) {
        site.every(CHECK, site.phase(CHECK), () -> {
            for (Machine machine : site.machines()) {
                Instant since = machine.idleSince();
                if (since != null && Duration.between(since, site.now()).compareTo(allowed) > 0) {
                    site.retire(machine);
                }
            }
        });
    }
}
