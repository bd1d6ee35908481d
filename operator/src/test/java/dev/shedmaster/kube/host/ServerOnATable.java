package dev.shedmaster.kube.host;

import dev.shedmaster.core.host.Disk;
import dev.shedmaster.core.host.Hardware;
import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.core.host.HardwareReports;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.machine.robot.OpenSshPublicKey;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.Installation;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.port.RescueSystem;
import dev.shedmaster.port.ServerDoor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One server and its landlord, in memory: boots at once whatever it is reset into. */
final class ServerOnATable implements DedicatedServers, ServerDoor, RescueSystem, HostDriver {
    /** What runs on it. */
    enum Running {
        NOTHING,
        RESCUE,
        INSTALLED
    }

    final List<String> calls = new ArrayList<>();

    /** Hears of each call; what it throws ends the operator there. */
    Consumer<String> onCall = call -> {};

    String name = "";

    @Nullable
    String address = "192.0.2.7";

    boolean isSilent;
    boolean hasKvm = true;
    boolean ignoresRescue;
    boolean hasOldProgram;
    boolean hardwareIsMute;
    HardwareReport hardware = HardwareReports.well();
    int writeTakes;
    String markOnDisk = "";
    volatile long freeScratch = 1L << 40;

    @Nullable
    PortError landlordFails;

    @Nullable
    PortError afterReset;

    Running runs = Running.NOTHING;

    private final InstantSource clock;
    private boolean armed;
    private int boots;
    private @Nullable Instant rescueBoot;
    private int rescues;
    private int systems;
    private String generation = "";
    private int written;
    private Set<String> pins = Set.of();

    ServerOnATable(InstantSource clock) {
        this.clock = clock;
    }

    HostAccess open(HostAddress at) {
        pins = at.hostKeys();
        return new HostAccess(this, this, this);
    }

    private void called(String call) {
        calls.add(call);
        onCall.accept(call);
    }

    long count(String call) {
        return calls.stream().filter(made -> made.startsWith(call)).count();
    }

    /** Loses its power and boots from its disk. */
    void bootsAgain() {
        boots++;
        runs = systems > 0 ? Running.INSTALLED : Running.NOTHING;
    }

    /** Somebody else has installed it. */
    void isReplaced() {
        systems++;
        bootsAgain();
    }

    static String key(String what, int number) {
        String text = what + number;
        return "SHA256:" + text + "A".repeat(43 - text.length());
    }

    static String publicKey() {
        return "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0n9kVLAYMr4ytAljOChmEhz++MoN+XeB+OpPK85NBU";
    }

    static AccountKey accountKey() {
        return new AccountKey("private", OpenSshPublicKey.of(publicKey()));
    }

    private <T> Outcome<T> landlord(String call, T answer) {
        called(call);
        return landlordFails == null ? Outcome.done(answer) : Outcome.failed(landlordFails);
    }

    @Override
    public Outcome<Nothing> verify() {
        return landlord("verify", Nothing.NOTHING);
    }

    @Override
    public Outcome<List<DedicatedServer>> servers() {
        return server(321).map(List::of);
    }

    @Override
    public Outcome<DedicatedServer> server(int number) {
        return number == 321
                ? landlord("server", new DedicatedServer(321, name, address, "RX220", "FSN1-DC16", true, false))
                : Outcome.failed(new PortError.NotFound("the account has no server " + number));
    }

    @Override
    public Outcome<Nothing> rename(int number, String given) {
        if (given.isEmpty()) {
            return Outcome.failed(new PortError.Invalid("server_name", "Robot takes no empty name"));
        }
        if (landlordFails == null) {
            name = given;
        }
        return landlord("rename " + given, Nothing.NOTHING);
    }

    @Override
    public Outcome<String> ensureKey(String called, String publicKey) {
        return landlord("ensureKey", OpenSshPublicKey.of(publicKey).fingerprint());
    }

    @Override
    public Outcome<Nothing> removeKey(String fingerprint) {
        return landlord("removeKey", Nothing.NOTHING);
    }

    @Override
    public Outcome<Boolean> isRescueArmed(int number) {
        return landlord("isRescueArmed", armed);
    }

    @Override
    public Outcome<Nothing> armRescue(int number, List<String> fingerprints) {
        armed |= landlordFails == null;
        return landlord("armRescue", Nothing.NOTHING);
    }

    @Override
    public Outcome<Nothing> disarmRescue(int number) {
        armed = false;
        return landlord("disarmRescue", Nothing.NOTHING);
    }

    @Override
    public Outcome<RescueBoot> lastRescue(int number) {
        return landlord(
                "lastRescue", new RescueBoot(rescueBoot, rescues == 0 ? Set.of() : Set.of(key("rescue", rescues))));
    }

    @Override
    public Outcome<ResetOptions> resetOptions(int number) {
        return landlord("resetOptions", new ResetOptions(Set.of(ResetType.SOFTWARE, ResetType.HARDWARE), null));
    }

    @Override
    public Outcome<Nothing> reset(int number, ResetType type) {
        reboot();
        called("reset " + type);
        return afterReset == null ? Outcome.done(Nothing.NOTHING) : Outcome.failed(afterReset);
    }

    private void reboot() {
        bootsAgain();
        if (armed && !ignoresRescue) {
            armed = false;
            runs = Running.RESCUE;
            rescues++;
            rescueBoot = clock.instant();
            written = 0;
        }
    }

    @Override
    public Outcome<Nothing> wake(int number) {
        return landlord("wake", Nothing.NOTHING);
    }

    @Override
    public List<RequestAllowance> allowances() {
        return List.of();
    }

    private String hostKey() {
        return runs == Running.RESCUE ? key("rescue", rescues) : key("system", systems);
    }

    @Override
    public Shell look() {
        called("look");
        if (isSilent || runs == Running.NOTHING) {
            return new Shell.Silent("nothing answers");
        }
        if (!pins.contains(hostKey())) {
            return new Shell.Stranger(hostKey());
        }
        return runs == Running.RESCUE
                ? new Shell.InRescue("boot-" + boots)
                : new Shell.InSystem("boot-" + boots, generation);
    }

    @Override
    public Outcome<Nothing> reboot(String bootId) {
        if (!bootId.equals("boot-" + boots)) {
            return Outcome.failed(new PortError.NotFound("another boot"));
        }
        reboot();
        called("reboot " + bootId);
        return Outcome.done(Nothing.NOTHING);
    }

    @Override
    public Outcome<RescueReport> inspect() {
        called("inspect");
        return Outcome.done(new RescueReport(
                "boot-" + boots,
                "rescue",
                new Hardware(
                        "arm64",
                        8,
                        31L << 30,
                        List.of(new Disk("/dev/nvme0n1", "eui.1", "S1", 1L << 40, markOnDisk, List.of())))));
    }

    @Override
    public Outcome<RescueReport> examine() {
        return inspect();
    }

    @Override
    public Outcome<Progress> install(Installation order) {
        if (++written <= writeTakes) {
            called("writing");
            return Outcome.done(new Progress.Going("writing"));
        }
        systems++;
        generation = order.generation();
        markOnDisk = order.owner();
        called("install " + order.image());
        return Outcome.done(new Progress.Done());
    }

    @Override
    public Outcome<List<String>> hostKeys() {
        called("hostKeys");
        return Outcome.done(List.of(key("system", systems)));
    }

    @Override
    public Outcome<Progress> wipe() {
        called("wipe");
        systems = 0;
        markOnDisk = "";
        return Outcome.done(new Progress.Done());
    }

    @Override
    public Outcome<Nothing> install() {
        called("program");
        hasOldProgram = false;
        return Outcome.done(Nothing.NOTHING);
    }

    @Override
    public Outcome<HostReport> list() {
        return isSilent || runs != Running.INSTALLED
                ? Outcome.failed(new PortError.Transient("nothing answers"))
                : Outcome.done(new HostReport(
                        clock.instant(),
                        "boot-" + boots,
                        true,
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        true,
                        "arm64",
                        8,
                        31L << 30,
                        30L << 30,
                        1L << 40,
                        freeScratch,
                        List.of(),
                        null));
    }

    @Override
    public Outcome<Nothing> start(HostOrder order) {
        throw new UnsupportedOperationException("no worker comes here");
    }

    @Override
    public Outcome<Nothing> stop(String worker) {
        throw new UnsupportedOperationException("no worker comes here");
    }

    @Override
    public Outcome<String> logs(String worker, int maxBytes) {
        throw new UnsupportedOperationException("no worker comes here");
    }

    @Override
    public Outcome<Fetching> fetch(ImageOrder order) {
        called("fetch " + order.name());
        return Outcome.done(Fetching.DONE);
    }

    @Override
    public Outcome<Nothing> drop(String sha256) {
        called("drop " + sha256);
        return Outcome.done(Nothing.NOTHING);
    }

    @Override
    public Outcome<List<HostRemnant>> collect() {
        return Outcome.done(List.of());
    }

    @Override
    public Outcome<List<HostProbe>> probe(String peer, int port) {
        called("probe " + peer + ":" + port);
        return Outcome.done(List.of(
                new HostProbe("kvm", hasKvm, hasKvm ? "" : "there is no /dev/kvm"), new HostProbe("tun", true, "")));
    }

    @Override
    public Outcome<HardwareReport> health() {
        called("health");
        if (hasOldProgram) {
            return Outcome.failed(new PortError.Invalid("order", "'health' is nothing that can be done"));
        }
        return hardwareIsMute ? Outcome.failed(new PortError.Transient("smartctl hangs")) : Outcome.done(hardware);
    }

    @Override
    public void close() {
        called("close");
    }
}
