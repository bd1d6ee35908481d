package dev.shedmaster.lab.azure.estate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A public address. Guarded by the estate's lock. */
public final class PublicIp {
    final ResourceKey key;
    final String id;
    final String name;
    final String location;
    final String address;
    final Map<String, String> tags;
    final DeleteOption onDelete;

    /** The NIC's IP configuration that uses it. */
    @Nullable
    String usedById;

    PublicIp(
            String id,
            String name,
            String location,
            String address,
            Map<String, String> tags,
            DeleteOption onDelete,
            @Nullable String usedById) {
        this.key = ResourceKey.ofId(id);
        this.id = id;
        this.name = name;
        this.location = location;
        this.address = address;
        this.tags = Map.copyOf(tags);
        this.onDelete = onDelete;
        this.usedById = usedById;
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

    public String address() {
        return address;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public @Nullable String usedById() {
        return usedById;
    }
}
