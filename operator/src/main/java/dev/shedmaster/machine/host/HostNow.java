package dev.shedmaster.machine.host;

import dev.shedmaster.machine.host.qemu.Accelerator;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one host at this moment, for who runs workers there.
 *
 * @param driver to start and stop them; null while its system cannot be reached
 * @param report the newest that its system has said; null as long as it has said nothing
 * @param readAt when the reading began that this report is from; null as long as there is none
 * @param trouble why the newest attempt to read it failed; null if it did not
 * @param closed why it takes no worker now, for a person; null if it does
 * @param accelerator what executes its virtual machines' instructions
 * @param losesAll whether it is being wiped, let go or written anew, or is gone: whatever ran there counts as gone
 */
public record HostNow(
        @Nullable HostDriver driver,
        @Nullable HostReport report,
        @Nullable Instant readAt,
        @Nullable PortError trouble,
        @Nullable String closed,
        Accelerator accelerator,
        boolean losesAll) {

    /** A host that is no more. */
    public static HostNow gone() {
        return new HostNow(null, null, null, null, "it is gone", Accelerator.KVM, true);
    }
}
