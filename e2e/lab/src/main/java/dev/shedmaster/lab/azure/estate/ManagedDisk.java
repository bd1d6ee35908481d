package dev.shedmaster.lab.azure.estate;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A disk that is a resource of its own; an ephemeral one is not. Guarded by the estate's lock. */
public final class ManagedDisk {
    final ResourceKey key;
    final String id;
    final String name;
    final String location;
    final @Nullable String zone;
    final int sizeGib;
    final String storageType;
    final Map<String, String> tags;
    final Instant created;
    final DeleteOption onDelete;

    @Nullable
    ResourceKey usedBy;

    @Nullable
    String usedById;

    ManagedDisk(
            String id,
            String name,
            VirtualMachine owner,
            int sizeGib,
            String storageType,
            DeleteOption onDelete,
            Instant created) {
        this.key = ResourceKey.ofId(id);
        this.id = id;
        this.name = name;
        this.location = owner.location();
        this.zone = owner.zone();
        this.sizeGib = sizeGib;
        this.storageType = storageType;
        this.tags = owner.plan.tags();
        this.created = created;
        this.onDelete = onDelete;
        this.usedBy = owner.key();
        this.usedById = owner.id();
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

    public @Nullable String zone() {
        return zone;
    }

    public int sizeGib() {
        return sizeGib;
    }

    public String storageType() {
        return storageType;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Instant created() {
        return created;
    }

    public @Nullable String usedById() {
        return usedById;
    }
}
