package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.robot.estate.Activation;
import dev.shedmaster.lab.robot.estate.BootKind;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.key.StoredKey;
import java.util.List;

/** Boot configurations as Robot shows them: lists of choices while nothing is armed, single values when it is. */
final class BootJson {
    static final List<String> LANGUAGES = List.of("de", "en");
    private static final List<String> DISTRIBUTIONS =
            List.of("Debian 12 base", "Ubuntu 22.04 LTS base", "Ubuntu 24.04 LTS base");

    private final ServerRoutes servers;

    BootJson(ServerRoutes servers) {
        this.servers = servers;
    }

    /** What can be booted or installed. */
    static List<String> systems(DedicatedServer server, BootKind kind) {
        if (kind == BootKind.LINUX) {
            return DISTRIBUTIONS;
        }
        boolean isArm = server.spec().architecture().equals("aarch64");
        return isArm ? List.of("linux") : List.of("linux", "vkvm");
    }

    ObjectNode choices(DedicatedServer server, BootKind kind) {
        ObjectNode json = servers.heading(server);
        json.set(systemField(kind), RobotJson.texts(systems(server, kind)));
        json.putArray("arch").add(64);
        if (kind == BootKind.LINUX) {
            json.set("lang", RobotJson.texts(LANGUAGES));
        }
        json.put("active", false).putNull("password");
        json.putArray("authorized_key");
        json.putArray("host_key");
        return json.putNull("boot_time");
    }

    ObjectNode activation(DedicatedServer server, Activation activation, boolean isActive) {
        ObjectNode json = servers.heading(server)
                .put(systemField(activation.kind()), activation.system())
                .put("arch", 64);
        if (activation.kind() == BootKind.LINUX) {
            json.put("lang", activation.lang());
        }
        json.put("active", isActive).put("password", activation.password());
        ArrayNode keys = json.putArray("authorized_key");
        activation.keys().forEach(key -> keys.addObject().set("key", authorized(key)));
        ArrayNode hostKeys = json.putArray("host_key");
        activation.hostKeys().forEach(key -> hostKeys.addObject().set("key", hostKey(key)));
        return activation.bootTime() == null
                ? json.putNull("boot_time")
                : json.put("boot_time", RobotJson.time(activation.bootTime()));
    }

    private static String systemField(BootKind kind) {
        return kind == BootKind.RESCUE ? "os" : "dist";
    }

    private static ObjectNode authorized(StoredKey key) {
        return RobotJson.object()
                .put("name", key.name())
                .put("fingerprint", key.fingerprint())
                .put("type", key.text().type())
                .put("size", key.text().size())
                .put("created_at", RobotJson.time(key.createdAt()));
    }

    /** Only the fingerprint is told, by SHA-256, not the key. */
    private static ObjectNode hostKey(PublicKeyText key) {
        return RobotJson.object()
                .put("fingerprint", key.sha256())
                .put("type", key.type())
                .put("size", key.size());
    }
}
