package dev.shedmaster.machine.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.machine.host.GuestSettings.Language;
import dev.shedmaster.machine.host.qemu.Accelerator;
import dev.shedmaster.machine.host.qemu.Firmware;
import dev.shedmaster.machine.host.qemu.Guest;
import dev.shedmaster.machine.host.qemu.Network;
import dev.shedmaster.machine.host.qemu.QemuCommand;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Container;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.port.HostOrder.Disk;
import dev.shedmaster.port.HostOrder.Form;
import dev.shedmaster.port.HostOrder.Limits;
import dev.shedmaster.port.HostOrder.Reach;
import dev.shedmaster.port.HostOrder.VirtualMachine;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says in a host's words what a worker is: which of its image, its slot and its boot data are files, devices and limits. */
final class GuestOrders {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final long MIB = 1L << 20;

    /** A build has a few hundred for each CPU; who has more of them has lost control of them. */
    private static final int TASKS_PER_CPU = 1024;

    private static final int LEAST_TASKS = 4096;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    /** What QEMU takes beside a guest's memory, of the slot's: so much, and this part of it for its page tables and buffers. */
    private static final long QEMU_MIB = 192;

    private static final long QEMU_PART = 64;

    /** One that emulates keeps the code that it has translated, too. */
    private static final long TRANSLATED_MIB = QemuCommand.TRANSLATED_CODE;

    /** What Docker keeps does not work on layers over an image. */
    private static final List<String> DOCKERS_FOLDERS = List.of("/var/lib/docker", "/var/lib/containerd");

    /** The image's init starts what the host program puts there from the order. */
    private static final List<String> START_AGENT = List.of("systemd.wants=shedmaster-agent.service");

    private static final String IGNITION = "ignition";
    private static final String SEED = "seed";

    private final MachineOrder order;
    private final GuestSettings settings;
    private final HostSlot slot;
    private final MachineName name;
    private final Accelerator accelerator;

    private GuestOrders(
            MachineOrder order, GuestSettings settings, HostSlot slot, MachineName name, Accelerator accelerator) {
        this.order = order;
        this.settings = settings;
        this.slot = slot;
        this.name = name;
        this.accelerator = accelerator;
    }

    /**
     * The order for a host; {@code Invalid} for one that is not for a host, or whose boot data cannot be read.
     *
     * @param accelerator what executes virtual machines on that host
     */
    static Outcome<HostOrder> of(MachineOrder order, Accelerator accelerator) {
        HostSlot slot = order.offering().slot();
        HostSlot.Site site = slot == null ? null : slot.site();
        MachineName name = MachineName.parse(order.name()).orElse(null);
        if (!(order.settings() instanceof GuestSettings settings) || slot == null || site == null || name == null) {
            return invalid("offering", order.name() + " is not ordered from a host");
        }
        GuestOrders guest = new GuestOrders(order, settings, slot, name, accelerator);
        try {
            return site.isolation() == Isolation.CONTAINER ? guest.container() : guest.machine();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // What a parser says quotes the text around the fault, which may hold a secret.
            return invalid("bootstrap", "its boot data cannot be given to a worker on a host");
        }
    }

    private Outcome<HostOrder> container() throws JsonProcessingException {
        Map<String, byte[]> files = new HashMap<>();
        for (Map.Entry<String, JsonNode> file : object(order.bootData()).properties()) {
            files.put(file.getKey(), Base64.getDecoder().decode(file.getValue().asText()));
        }
        List<String> volumes = new ArrayList<>(DOCKERS_FOLDERS);
        volumes.add(settings.workDirectory());
        Set<Device> devices = slot.amount().kvmSlots() > 0 ? Set.of(Device.TUN, Device.KVM) : Set.of(Device.TUN);
        return Outcome.done(order(new Container(slot.image(), true, START_AGENT, volumes, devices), files));
    }

    private Outcome<HostOrder> machine() throws JsonProcessingException {
        boolean isIgnition = settings.language() == Language.IGNITION;
        WorkerFolders folders = new WorkerFolders(name);
        Guest guest = new Guest(
                order.name(),
                settings.architecture(),
                accelerator,
                slot.amount().cpus(),
                guestMemoryMib(slot.amount().memoryMib(), accelerator),
                new Firmware(firmware("CODE"), folders.variables()),
                folders.disk(),
                new Guest.Configuration(
                        isIgnition ? null : folders.file(SEED), isIgnition ? folders.file(IGNITION) : null, Map.of()),
                new Network.Tap(GuestNetwork.of(name).interfaceName()),
                folders.room() + "/qmp",
                folders.room() + "/console");
        Form form = new VirtualMachine(
                QemuCommand.of(guest),
                new Disk(slot.image() + ".qcow2", "qcow2", settings.diskBytes()),
                firmware("VARS"));
        return Outcome.done(order(form, isIgnition ? Map.of(IGNITION, ignition()) : Map.of(SEED, seed())));
    }

    private HostOrder order(Form form, Map<String, byte[]> files) {
        int cpus = slot.amount().cpus();
        Limits limits = new Limits(
                slot.amount().memoryMib() * MIB, 100 * cpus, Math.max(LEAST_TASKS, TASKS_PER_CPU * cpus), STOP_WITHIN);
        Reach reach = new Reach(settings.resolvers(), settings.refused());
        return new HostOrder(order.name(), order.owner(), form, limits, reach, files);
    }

    /** What a virtual machine has of the memory that its slot takes. */
    static long guestMemoryMib(long slotMib, Accelerator accelerator) {
        long translated = accelerator == Accelerator.TCG ? TRANSLATED_MIB : 0;
        return Math.max(1, slotMib - QEMU_MIB - slotMib / QEMU_PART - translated);
    }

    /** Where Debian's packages ovmf and qemu-efi-aarch64 have it. */
    private String firmware(String part) {
        return switch (settings.architecture()) {
            case AMD64 -> "/usr/share/OVMF/OVMF_" + part + "_4M.fd";
            case ARM64 -> "/usr/share/AAVMF/AAVMF_" + part + ".fd";
        };
    }

    /** No server gives out addresses on a worker's network, so that each is told its own. */
    private byte[] seed() {
        GuestNetwork network = GuestNetwork.of(name);
        String addresses = """
                version: 2
                ethernets:
                  worker:
                    match: {name: "e*"}
                    addresses: ["%s/%d"]
                    routes: [{to: "0.0.0.0/0", via: "%s"}]
                    nameservers: {addresses: [%s]}
                """.formatted(
                        network.address(),
                        GuestNetwork.PREFIX_LENGTH,
                        network.gateway(),
                        String.join(", ", settings.resolvers()));
        String identity = "instance-id: " + name + "\nlocal-hostname: " + name + "\n";
        return SeedDisk.of(
                "CIDATA",
                Map.of(
                        "user-data", bytes(order.bootData()),
                        "meta-data", bytes(identity),
                        "network-config", bytes(addresses)));
    }

    /** The same of a machine that reads Ignition: one file more, which comes before all that its image has. */
    private byte[] ignition() throws JsonProcessingException {
        ObjectNode config = object(order.bootData());
        GuestNetwork network = GuestNetwork.of(name);
        StringBuilder unit = new StringBuilder("[Match]\nName=e*\n[Network]\n");
        unit.append("Address=").append(network.address()).append('/').append(GuestNetwork.PREFIX_LENGTH);
        unit.append("\nGateway=").append(network.gateway()).append('\n');
        settings.resolvers()
                .forEach(resolver -> unit.append("DNS=").append(resolver).append('\n'));
        config.withObject("/storage")
                .withArray("files")
                .addObject()
                .put("path", "/etc/systemd/network/00-shedmaster.network")
                .put("mode", 420)
                .withObject("/contents")
                .put("source", "data:;base64," + Base64.getEncoder().encodeToString(bytes(unit.toString())));
        return JSON.writeValueAsBytes(config);
    }

    private static ObjectNode object(String json) throws JsonProcessingException {
        if (JSON.readTree(json) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("no object of JSON");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> Outcome<T> invalid(String field, String message) {
        return Outcome.failed(new PortError.Invalid(field, field + ": " + message));
    }
}
