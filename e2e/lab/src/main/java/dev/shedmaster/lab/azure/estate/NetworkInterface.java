package dev.shedmaster.lab.azure.estate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A NIC. Guarded by the estate's lock. */
public final class NetworkInterface {
    final ResourceKey key;
    final String id;
    final String name;
    final String location;
    final Map<String, String> tags;
    final ObjectNode config;
    final String subnetId;
    final String privateIp;
    final @Nullable ResourceKey publicIp;

    /** The machine that uses it. */
    @Nullable
    ResourceKey usedBy;

    @Nullable
    String usedById;

    DeleteOption onDelete = DeleteOption.DETACH;
    boolean primary = true;

    /** A machine whose creation was refused keeps its NIC reserved until then. */
    @Nullable
    Instant reservedUntil;

    @Nullable
    ResourceKey reservedFor;

    @Nullable
    String reservedForId;

    NetworkInterface(
            String id,
            String name,
            String location,
            Map<String, String> tags,
            ObjectNode config,
            String subnetId,
            String privateIp,
            @Nullable ResourceKey publicIp) {
        this.key = ResourceKey.ofId(id);
        this.id = id;
        this.name = name;
        this.location = location;
        this.tags = Map.copyOf(tags);
        this.config = config;
        this.subnetId = subnetId;
        this.privateIp = privateIp;
        this.publicIp = publicIp;
    }

    boolean reservedFor(@Nullable ResourceKey machine) {
        return reservedFor != null && reservedFor.equals(machine);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String location() {
        return location;
    }

    public Map<String, String> tags() {
        return tags;
    }

    /** The {@code properties} with which it was asked for. */
    public ObjectNode config() {
        return config;
    }

    public String subnetId() {
        return subnetId;
    }

    public String privateIp() {
        return privateIp;
    }

    public @Nullable ResourceKey publicIp() {
        return publicIp;
    }

    public @Nullable String usedById() {
        return usedById;
    }

    public boolean isPrimary() {
        return primary;
    }

    public DeleteOption onDelete() {
        return onDelete;
    }
}
