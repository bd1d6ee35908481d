package dev.shedmaster.kube.host;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The SSH keys of the accounts, by the {@code namespace/name} of each account's object. */
public final class AccountKeys {
    private final Map<String, AccountKey> keys = new ConcurrentHashMap<>();

    /** The key of that account, if it was usable when it was read last. */
    public Optional<AccountKey> find(String account) {
        return Optional.ofNullable(keys.get(account));
    }

    void put(String account, AccountKey key) {
        keys.put(account, key);
    }

    void drop(String account) {
        keys.remove(account);
    }
}
