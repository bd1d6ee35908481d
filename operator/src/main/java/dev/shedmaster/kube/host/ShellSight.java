package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.SshHost;
import dev.shedmaster.core.host.HostLife;
import dev.shedmaster.core.host.HostLife.Need;
import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks what answers at a host's address. Only host keys that somebody has vouched for are ever tried. */
final class ShellSight {
    private static final int SSH_PORT = 22;
    private static final String ROOT = "root";

    private ShellSight() {}

    /**
     * Looks at a host.
     *
     * @param address where it is reached; null if nobody has said
     */
    static Shell of(BareMetalHost host, HostReach reach, HostLife life, Landlord landlord, @Nullable String address) {
        if (!life.needs().contains(Need.SHELL)) {
            return new Shell.Unasked();
        }
        if (address == null) {
            return new Shell.Silent("its address is not known");
        }
        if (reach.key() instanceof Outcome.Failed<AccountKey>(PortError error)) {
            return new Shell.Silent("we have no key to sign in with: " + error.message());
        }
        Set<String> vouched = vouchedFor(life, landlord);
        Shell heard = fromReading(reach.link().reading(), life);
        if (heard != null) {
            return heard;
        }
        Shell seen = look(host, reach, address, vouched);
        if (!(seen instanceof Shell.Stranger(String fingerprint))) {
            return seen;
        }
        Set<String> ofRescue = LandlordSight.rescueKeys(reach);
        return ofRescue.contains(fingerprint) ? look(host, reach, address, with(vouched, ofRescue)) : seen;
    }

    /** The keys of the installed system, of the rescue system's boot in which work goes on, and of the one that the landlord tells of. */
    private static Set<String> vouchedFor(HostLife life, Landlord landlord) {
        Set<String> keys = with(life.installed().hostKeys(), life.work().hostKeys());
        return landlord instanceof Landlord.Server server && server.rescue() != null
                ? with(keys, server.rescue().hostKeys())
                : keys;
    }

    private static Set<String> with(Set<String> keys, Set<String> more) {
        Set<String> all = new HashSet<>(keys);
        all.addAll(more);
        return all;
    }

    /** What its system has told since the host is where it is; null if nothing, so that one has to look. */
    private static @Nullable Shell fromReading(@Nullable Reading<HostReport> reading, HostLife life) {
        return reading == null
                        || reading.trouble() != null
                        || reading.value() == null
                        || reading.begunAt() == null
                        || reading.begunAt().isBefore(life.since())
                ? null
                : new Shell.InSystem(reading.value().bootId(), life.installed().generation());
    }

    private static Shell look(BareMetalHost host, HostReach reach, String address, Set<String> vouched) {
        return vouched.isEmpty()
                ? new Shell.Silent("no host key of it is known, so that nothing is said to whoever answers")
                : open(host, reach, address, vouched).door().look();
    }

    /** The ways into it, for the keys that are vouched for. */
    private static HostAccess open(BareMetalHost host, HostReach reach, String address, Set<String> vouched) {
        SshHost ssh = host.getSpec().ssh();
        String privateKey = reach.key() instanceof Outcome.Done<AccountKey>(AccountKey key) ? key.privateKey() : "";
        return reach.link()
                .to(new HostAddress(
                        address,
                        ssh == null ? SSH_PORT : ssh.port(),
                        ssh == null ? ROOT : ssh.user(),
                        vouched,
                        privateKey));
    }
}
