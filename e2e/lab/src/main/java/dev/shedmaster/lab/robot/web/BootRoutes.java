package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.Activation;
import dev.shedmaster.lab.robot.estate.BootConfiguration;
import dev.shedmaster.lab.robot.estate.BootKind;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.key.StoredKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code /boot}: what the next network boot brings. Only the rescue system and unattended installations are offered.
 */
final class BootRoutes {
    private static final List<String> NOT_OFFERED = List.of("vnc", "windows", "plesk", "cpanel");

    private final Account account;
    private final ServerRoutes servers;
    private final BootJson json;
    private final Passwords passwords;

    BootRoutes(Account account, ServerRoutes servers, Passwords passwords) {
        this.account = account;
        this.servers = servers;
        this.json = new BootJson(servers);
        this.passwords = passwords;
    }

    LabAnswer readAll(RobotRequest request) {
        DedicatedServer server = servers.find(request);
        ObjectNode all = RobotJson.object();
        for (BootKind kind : BootKind.values()) {
            all.set(kind.resource(), now(server, kind));
        }
        NOT_OFFERED.forEach(all::putNull);
        return RobotJson.one("boot", all);
    }

    LabAnswer read(RobotRequest request, BootKind kind) {
        return RobotJson.one(kind.resource(), now(servers.find(request), kind));
    }

    private ObjectNode now(DedicatedServer server, BootKind kind) {
        return server.boot()
                .armed(kind)
                .map(activation -> json.activation(server, activation, true))
                .orElseGet(() -> json.choices(server, kind));
    }

    LabAnswer arm(RobotRequest request, BootKind kind) {
        DedicatedServer server = servers.find(request);
        Activation activation = activation(request, server, kind);
        boolean isArmed = server.boot().armed().isPresent();
        if (isArmed && account.faults().strikes(FaultKind.BOOT_ALREADY_ENABLED, server.number())) {
            throw RobotRefusal.of(409, "BOOT_ALREADY_ENABLED", "a boot configuration is already active");
        }
        server.boot().arm(activation);
        return RobotJson.one(kind.resource(), json.activation(server, activation, true));
    }

    private Activation activation(RobotRequest request, DedicatedServer server, BootKind kind) {
        if (kind == BootKind.RESCUE) {
            request.require("os");
        } else {
            request.require("dist", "lang");
        }
        String field = kind == BootKind.RESCUE ? "os" : "dist";
        return Activation.armed(
                kind,
                oneOf(request, field, BootJson.systems(server, kind)),
                kind == BootKind.LINUX ? oneOf(request, "lang", BootJson.LANGUAGES) : "",
                passwords.next(),
                keys(request),
                account.clock().instant());
    }

    private static String oneOf(RobotRequest request, String field, List<String> choices) {
        String wanted = request.required(field);
        if (!choices.contains(wanted)) {
            throw RobotRefusal.invalid(field);
        }
        return wanted;
    }

    private List<StoredKey> keys(RobotRequest request) {
        List<StoredKey> keys = new ArrayList<>();
        for (String fingerprint : request.form().list("authorized_key")) {
            keys.add(account.keys().find(fingerprint).orElseThrow(() -> RobotRefusal.invalid("authorized_key")));
        }
        return keys;
    }

    LabAnswer disarm(RobotRequest request, BootKind kind) {
        DedicatedServer server = servers.find(request);
        server.boot().disarm(kind);
        return RobotJson.one(kind.resource(), json.choices(server, kind));
    }

    /**
     * The last activation. What Robot says where there was none is not documented; this error is among those that are.
     */
    LabAnswer readLast(RobotRequest request, BootKind kind) {
        DedicatedServer server = servers.find(request);
        return last(server, kind)
                .map(activation -> RobotJson.one(kind.resource(), json.activation(server, activation, false)))
                .orElseThrow(() -> RobotRefusal.of(404, "BOOT_NOT_AVAILABLE", "no boot configuration available"));
    }

    private Optional<Activation> last(DedicatedServer server, BootKind kind) {
        BootConfiguration boot = server.boot();
        boolean isStale = kind == BootKind.RESCUE
                && boot.beforeLast(kind).isPresent()
                && account.faults().strikes(FaultKind.STALE_RESCUE_LAST, server.number());
        return isStale ? boot.beforeLast(kind) : boot.last(kind);
    }
}
