package dev.shedmaster.lab.azure.estate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ArmRefusal;
import dev.shedmaster.lab.azure.fault.ErrorPlace;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.lab.time.LabClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** NICs and public addresses. Guarded by the estate's lock. */
public final class Network {
    private final LabClock clock;
    private final SplittableRandom random;
    private final Subnets subnets;
    private final String subscription;
    private final Map<ResourceKey, NetworkInterface> nics = new LinkedHashMap<>();
    private final Map<ResourceKey, PublicIp> publicIps = new LinkedHashMap<>();
    private int addressesGiven;

    Network(LabClock clock, SplittableRandom random, Subnets subnets, String subscription) {
        this.clock = clock;
        this.random = random;
        this.subnets = subnets;
        this.subscription = subscription;
    }

    public Subnets subnets() {
        return subnets;
    }

    public Collection<NetworkInterface> nics() {
        return nics.values();
    }

    public Collection<PublicIp> publicIps() {
        return publicIps.values();
    }

    public Optional<NetworkInterface> nic(ResourceKey key) {
        return Optional.ofNullable(nics.get(key));
    }

    public Optional<PublicIp> publicIp(ResourceKey key) {
        return Optional.ofNullable(publicIps.get(key));
    }

    /** Why the machine's NICs can't be had; empty when they can. */
    Optional<ArmError> refusal(VmPlan plan) {
        for (VmPlan.NicReference reference : plan.nics()) {
            Optional<ArmError> refused = referenceRefusal(plan, reference);
            if (refused.isPresent()) {
                return refused;
            }
        }
        Map<String, Long> wanted = plan.inlineNics().stream()
                .collect(Collectors.groupingBy(VmPlan.InlineNic::subnetId, Collectors.counting()));
        return wanted.entrySet().stream()
                .flatMap(entry ->
                        subnets.refusal(entry.getKey(), entry.getValue().intValue()).stream())
                .findFirst();
    }

    private Optional<ArmError> referenceRefusal(VmPlan plan, VmPlan.NicReference reference) {
        NetworkInterface nic = nics.get(reference.key());
        if (nic == null) {
            return Optional.of(ArmError.of(
                    404,
                    "NetworkInterfaceNotFound",
                    "Network interface " + reference.id() + " was not found.",
                    "networkProfile.networkInterfaces"));
        }
        if (nic.usedBy != null && !nic.usedBy.equals(plan.key())) {
            return Optional.of(inUse(nic));
        }
        return isReservedForAnother(nic, plan.key())
                ? Optional.of(KnownError.NIC_RESERVED.in(reservedPlace(nic)))
                : Optional.empty();
    }

    private static ErrorPlace reservedPlace(NetworkInterface nic) {
        String reservedFor = nic.reservedForId == null ? "" : nic.reservedForId;
        return ErrorPlace.of(reservedFor, nic.name, nic.location);
    }

    private static ArmError inUse(NetworkInterface nic) {
        return ArmError.of(
                400,
                "NicInUse",
                "Network Interface " + nic.id + " is used by existing resource " + nic.usedById
                        + ". In order to delete the network interface, it must be dissociated from the resource. To learn more, see"
                        + " aka.ms/deletenic.");
    }

    private boolean isReservedForAnother(NetworkInterface nic, @Nullable ResourceKey machine) {
        return nic.reservedUntil != null && clock.instant().isBefore(nic.reservedUntil) && !nic.reservedFor(machine);
    }

    /** Keeps the NICs that a refused creation named for that machine for a while: nobody else can use or delete them. */
    void reserve(VmPlan plan, Duration reservation) {
        Instant until = clock.instant().plus(reservation);
        for (VmPlan.NicReference reference : plan.nics()) {
            NetworkInterface nic = nics.get(reference.key());
            if (nic != null && nic.usedBy == null) {
                nic.reservedUntil = until;
                nic.reservedFor = plan.key();
                nic.reservedForId = plan.id();
            }
        }
    }

    /** Creates the inline NICs and attaches the named ones. The plan has been found good. */
    List<NetworkInterface> attach(VmPlan plan) {
        List<NetworkInterface> attached = new ArrayList<>();
        for (VmPlan.InlineNic inline : plan.inlineNics()) {
            NetworkInterface nic = createInline(plan, inline);
            use(nic, plan, inline.primary(), inline.onDelete());
            attached.add(nic);
        }
        for (VmPlan.NicReference reference : plan.nics()) {
            NetworkInterface nic = nics.get(reference.key());
            if (nic != null) {
                use(nic, plan, reference.primary(), reference.onDelete());
                attached.add(nic);
            }
        }
        return attached;
    }

    private static void use(NetworkInterface nic, VmPlan plan, boolean primary, DeleteOption onDelete) {
        nic.usedBy = plan.key();
        nic.usedById = plan.id();
        nic.primary = primary;
        nic.onDelete = onDelete;
        nic.reservedUntil = null;
    }

    private NetworkInterface createInline(VmPlan plan, VmPlan.InlineNic inline) {
        String name = generatedName(inline.configName());
        String id = networkId(plan.resourceGroup(), "networkInterfaces", name);
        PublicIp address = inline.publicIp() == null ? null : createPublicIp(plan, inline.publicIp(), id);
        return add(new NetworkInterface(
                id,
                name,
                plan.location(),
                inline.tags(),
                inline.config(),
                inline.subnetId(),
                subnets.take(inline.subnetId()),
                address == null ? null : address.key));
    }

    private PublicIp createPublicIp(VmPlan plan, VmPlan.InlinePublicIp inline, String nicId) {
        String name = generatedName(inline.configName());
        addressesGiven++;
        // 198.18.0.0/15 is set aside for benchmarks: it is nobody's.
        String address = "198." + (18 + (addressesGiven >> 16 & 1)) + "." + (addressesGiven >> 8 & 0xff) + "."
                + (addressesGiven & 0xff);
        PublicIp created = new PublicIp(
                networkId(plan.resourceGroup(), "publicIPAddresses", name),
                name,
                plan.location(),
                address,
                inline.tags(),
                inline.onDelete(),
                nicId + "/ipConfigurations/ipconfig");
        publicIps.put(created.key, created);
        return created;
    }

    /** A NIC that somebody puts by itself. */
    public NetworkInterface create(
            String id, String name, String location, Map<String, String> tags, String subnetId, ObjectNode config) {
        subnets.refusal(subnetId, 1).ifPresent(error -> {
            throw new ArmRefusal(error);
        });
        return add(new NetworkInterface(id, name, location, tags, config, subnetId, subnets.take(subnetId), null));
    }

    private NetworkInterface add(NetworkInterface nic) {
        nics.put(nic.key, nic);
        return nic;
    }

    /** The platform makes the final name of an inline resource out of its configuration's. */
    private String generatedName(String configName) {
        return configName + "-" + String.format("%08x", random.nextInt());
    }

    private String networkId(String resourceGroup, String type, String name) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + resourceGroup + "/providers/Microsoft.Network/"
                + type + "/" + name;
    }

    /** Deletes a NIC; false when there is none. */
    public boolean deleteNic(ResourceKey key) {
        NetworkInterface nic = nics.get(key);
        if (nic == null) {
            return false;
        }
        if (nic.usedBy != null) {
            throw inUse(nic).refusal();
        }
        if (isReservedForAnother(nic, null)) {
            throw KnownError.NIC_RESERVED.in(reservedPlace(nic)).refusal();
        }
        remove(nic);
        return true;
    }

    /** Deletes a public address; false when there is none. */
    public boolean deletePublicIp(ResourceKey key) {
        PublicIp address = publicIps.get(key);
        if (address == null) {
            return false;
        }
        if (address.usedById != null) {
            throw ArmError.of(
                            400,
                            "PublicIPAddressCannotBeDeleted",
                            "Public IP address " + address.id
                                    + " can not be deleted since it is still allocated to resource " + address.usedById
                                    + ".")
                    .refusal();
        }
        publicIps.remove(key);
        return true;
    }

    /** The machine is gone: what its delete options say happens to each of its NICs and their addresses. */
    void release(VirtualMachine machine) {
        for (NetworkInterface nic : machine.nics) {
            if (nic.onDelete == DeleteOption.DELETE) {
                remove(nic);
            } else {
                nic.usedBy = null;
                nic.usedById = null;
            }
        }
    }

    private void remove(NetworkInterface nic) {
        nics.remove(nic.key);
        subnets.free(nic.privateIp);
        PublicIp address = nic.publicIp == null ? null : publicIps.get(nic.publicIp);
        if (address != null) {
            address.usedById = null;
            if (address.onDelete == DeleteOption.DELETE) {
                publicIps.remove(address.key);
            }
        }
    }
}
