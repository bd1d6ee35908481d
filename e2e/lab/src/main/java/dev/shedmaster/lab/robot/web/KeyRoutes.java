package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.key.StoredKey;

/** {@code /key}: the public keys of the account. */
final class KeyRoutes {
    private final Account account;

    KeyRoutes(Account account) {
        this.account = account;
    }

    LabAnswer list() {
        return RobotJson.list("key", account.keys().all(), KeyRoutes::json, RobotRefusal.notFound("no keys found"));
    }

    LabAnswer create(RobotRequest request) {
        request.require("name", "data");
        PublicKeyText text =
                PublicKeyText.parse(request.required("data")).orElseThrow(() -> RobotRefusal.invalid("data"));
        StoredKey key = account.keys()
                .add(request.required("name"), text, account.clock().instant())
                .orElseThrow(() -> RobotRefusal.of(409, "KEY_ALREADY_EXISTS", "the key already exists"));
        return RobotJson.created("key", json(key));
    }

    LabAnswer read(RobotRequest request) {
        return RobotJson.one("key", json(find(request)));
    }

    LabAnswer rename(RobotRequest request) {
        StoredKey key = find(request);
        return RobotJson.one("key", json(account.keys().rename(key, request.required("name"))));
    }

    LabAnswer delete(RobotRequest request) {
        account.keys().remove(find(request));
        return LabAnswer.empty(200);
    }

    private StoredKey find(RobotRequest request) {
        return account.keys().find(request.target()).orElseThrow(() -> RobotRefusal.notFound("key not found"));
    }

    private static ObjectNode json(StoredKey key) {
        return RobotJson.object()
                .put("name", key.name())
                .put("fingerprint", key.fingerprint())
                .put("type", key.text().type())
                .put("size", key.text().size())
                .put("data", key.text().line())
                .put("created_at", RobotJson.time(key.createdAt()));
    }
}
