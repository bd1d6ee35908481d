package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.MachineOwner;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The owner as tags on a cloud resource, and the one rule by which a resource is ours. */
final class OwnerTags {
    /** Azure's bound of a tag's value. */
    static final int MAX_VALUE = 256;

    private static final String INSTALLATION = "shedmaster-installation";
    private static final String POOL = "shedmaster-pool";
    private static final String WORKER = "shedmaster-worker";
    private static final String WORKER_UID = "shedmaster-worker-uid";
    private static final String CREATED = "shedmaster-created";

    private OwnerTags() {}

    /** Writes the user's tags and, over them, the owner's. */
    static void write(ObjectNode tags, MachineOwner owner, Instant created, Map<String, String> users) {
        users.forEach(tags::put);
        tags.put(INSTALLATION, owner.installation());
        tags.put(POOL, cut(owner.pool()));
        tags.put(WORKER, cut(owner.worker()));
        tags.put(WORKER_UID, owner.workerUid());
        tags.put(CREATED, created.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Nothing that is not ours in this sense is ever deleted: it has our installation's tag and a machine's name. */
    static boolean areOurs(JsonNode resource, String installation) {
        return installation.equals(tag(resource, INSTALLATION))
                && MachineName.marks(resource.path("name").asText());
    }

    static @Nullable MachineOwner owner(JsonNode resource) {
        String installation = tag(resource, INSTALLATION);
        String pool = tag(resource, POOL);
        String worker = tag(resource, WORKER);
        String uid = tag(resource, WORKER_UID);
        return installation == null || pool == null || worker == null || uid == null
                ? null
                : new MachineOwner(installation, pool, worker, uid);
    }

    static String worker(JsonNode resource) {
        String worker = tag(resource, WORKER);
        return worker == null ? "" : worker;
    }

    static @Nullable Instant created(JsonNode resource) {
        String created = tag(resource, CREATED);
        if (created == null) {
            return null;
        }
        try {
            return Instant.parse(created);
        } catch (DateTimeException e) {
            // Somebody edited the tag: the resource stays ours, its age is not known.
            return null;
        }
    }

    /** Azure keeps the case of a tag's name and compares it without. */
    private static @Nullable String tag(JsonNode resource, String name) {
        for (Map.Entry<String, JsonNode> tag : resource.path("tags").properties()) {
            if (tag.getKey().equalsIgnoreCase(name)) {
                return tag.getValue().asText();
            }
        }
        return null;
    }

    private static String cut(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE);
    }
}
