package dev.shedmaster.machine.robot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.port.DedicatedServers.DedicatedServer;
import dev.shedmaster.port.DedicatedServers.RescueBoot;
import dev.shedmaster.port.DedicatedServers.ResetOptions;
import dev.shedmaster.port.DedicatedServers.ResetType;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.FormBody;

/**
 * The calls of Robot that we use, one method each. Objects come in an envelope that names what they are, lists as lists of
 * such envelopes, and an empty list as 404. Passwords in answers about boots are not read, and nothing here is ever logged.
 */
final class RobotApi {
    private final RobotClient client;

    RobotApi(RobotClient client) {
        this.client = client;
    }

    /** {@code GET /server}: all servers of the account, none if it has none. */
    Outcome<List<DedicatedServer>> servers() {
        return client.list(
                RobotCall.of(RequestKind.LIST_SERVERS, "list the servers", "server"),
                "server",
                "server_number",
                ServerReading::read);
    }

    /** {@code POST /server/{number}}. */
    Outcome<Nothing> rename(int number, String name) {
        return client.object(
                RobotCall.of(RequestKind.RENAME_SERVER, "rename server " + number, "server/" + number)
                        .with(new FormBody.Builder().add("server_name", name)),
                "server",
                server -> Nothing.NOTHING);
    }

    /** {@code GET /boot/{number}}: what is booted next in the place of the disk, such as {@code linux}; only one can be. */
    Outcome<Optional<String>> activeBoot(int number) {
        return client.object(
                RobotCall.of(RequestKind.READ_BOOT, "tell what server " + number + " boots next", "boot/" + number),
                "boot",
                boot -> boot.propertyStream()
                        .filter(configuration -> RobotJson.isTrue(configuration.getValue(), "active"))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    /** {@code GET /boot/{number}/rescue}: whether the rescue system is what is booted next. */
    Outcome<Boolean> isRescueActive(int number) {
        return client.object(
                RobotCall.of(RequestKind.READ_RESCUE, "tell how server " + number + " boots", rescue(number)),
                "rescue",
                rescue -> RobotJson.isTrue(rescue, "active"));
    }

    /** {@code POST /boot/{number}/rescue}: done with whether it is active then. */
    Outcome<Boolean> activateRescue(int number, List<String> fingerprints) {
        FormBody.Builder fields = new FormBody.Builder().add("os", "linux");
        // Of several fields of the same name without brackets PHP keeps the last.
        fingerprints.forEach(fingerprint -> fields.add("authorized_key[]", fingerprint));
        return client.object(
                RobotCall.of(
                                RequestKind.ARM_RESCUE,
                                "have server " + number + " boot the rescue system",
                                rescue(number))
                        .with(fields),
                "rescue",
                rescue -> RobotJson.isTrue(rescue, "active"));
    }

    /** {@code DELETE /boot/{number}/rescue}; done as well if it was not active. */
    Outcome<Nothing> deactivateRescue(int number) {
        return client.send(RobotCall.of(
                        RequestKind.DISARM_RESCUE, "have server " + number + " boot from its disk", rescue(number)))
                .map(body -> Nothing.NOTHING);
    }

    /** {@code GET /boot/{number}/rescue/last}; empty if the rescue system was never active. */
    Outcome<Optional<RescueBoot>> lastRescue(int number) {
        return client.objectIfAny(
                RobotCall.of(
                                RequestKind.READ_LAST_RESCUE,
                                "tell the last rescue system of server " + number,
                                rescue(number) + "/last")
                        // What is answered then is not documented; these are the codes that it could be.
                        .orNone("NOT_FOUND", "BOOT_NOT_AVAILABLE"),
                "rescue",
                RescueReading::read);
    }

    /** {@code GET /reset/{number}}. */
    Outcome<ResetOptions> resetOptions(int number) {
        return client.object(
                RobotCall.of(RequestKind.READ_RESET, "tell how server " + number + " can be reset", "reset/" + number),
                "reset",
                ResetReading::read);
    }

    /** {@code POST /reset/{number}}: resets the server, once for each call. */
    Outcome<Nothing> reset(int number, ResetType type) {
        return client.send(RobotCall.of(RequestKind.RESET, "reset server " + number, "reset/" + number)
                        .with(new FormBody.Builder().add("type", ResetReading.word(type))))
                .map(body -> Nothing.NOTHING);
    }

    /** {@code POST /wol/{number}}: sends the packet that turns a server on; the form is empty. */
    Outcome<Nothing> wake(int number) {
        return client.send(RobotCall.of(RequestKind.WAKE, "wake server " + number, "wol/" + number)
                        .with(new FormBody.Builder()))
                .map(body -> Nothing.NOTHING);
    }

    /** {@code GET /key/{fingerprint}}: the fingerprint of the key; empty if the account does not have it. */
    Outcome<Optional<String>> key(String fingerprint) {
        return client.objectIfAny(
                RobotCall.of(RequestKind.READ_KEY, "tell the SSH key " + fingerprint, "key/" + fingerprint)
                        .orNone("NOT_FOUND"),
                "key",
                key -> fingerprintIn(key, fingerprint));
    }

    /** {@code POST /key}: the fingerprint under which it is kept; {@code AlreadyExists} if it is, under whatever name. */
    Outcome<String> addKey(String name, OpenSshPublicKey key) {
        return client.object(
                RobotCall.of(RequestKind.ADD_KEY, "take the SSH key '" + name + "'", "key")
                        .with(new FormBody.Builder().add("name", name).add("data", key.line())),
                "key",
                added -> fingerprintIn(added, key.fingerprint()));
    }

    /** {@code DELETE /key/{fingerprint}}; done as well if it is gone. */
    Outcome<Nothing> removeKey(String fingerprint) {
        return client.send(
                        RobotCall.of(RequestKind.REMOVE_KEY, "remove the SSH key " + fingerprint, "key/" + fingerprint)
                                .orNone("NOT_FOUND"))
                .map(body -> Nothing.NOTHING);
    }

    private static String fingerprintIn(JsonNode key, String otherwise) {
        String told = RobotJson.text(key, "fingerprint").toLowerCase(Locale.ROOT);
        return told.isEmpty() ? otherwise : told;
    }

    private static String rescue(int number) {
        return "boot/" + number + "/rescue";
    }
}
