package dev.shedmaster.machine.host;

import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.machine.host.GuestSettings.Language;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Orders for workers on host ci/rx220-1. */
final class GuestSample {
    static final String HOST = "ci/rx220-1";
    static final String INSTALLATION = "here";

    private GuestSample() {}

    static MachineOrder container(String name, String workerUid) {
        String file = Base64.getEncoder().encodeToString("JENKINS_SECRET=\"s\"\n".getBytes(StandardCharsets.UTF_8));
        return order(name, workerUid, Isolation.CONTAINER, Language.FILES, "{\"agent.env\": \"" + file + "\"}", 1);
    }

    static MachineOrder machine(String name, Language language, String bootData) {
        return order(name, "uid", Isolation.VIRTUAL_MACHINE, language, bootData, 0);
    }

    static MachineOrder order(
            String name, String workerUid, Isolation isolation, Language language, String bootData, int kvm) {
        HostSlot slot = new HostSlot(new Amount(16, 49_152, kvm), "release", "worker-jenkins", null);
        return new MachineOrder(
                name,
                Offering.onHost("own-hosts", slot, new HostSlot.Site(HOST, isolation)),
                new MachineOwner(INSTALLATION, "ci/arm64-kvm", "ci/" + name, workerUid),
                bootData,
                new GuestSettings(
                        Architecture.ARM64,
                        language,
                        60L << 30,
                        "/var/lib/jenkins",
                        List.of("192.0.2.53"),
                        List.of("10.0.0.0/8")));
    }
}
