package dev.shedmaster.kube.host;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The SSH keys of the accounts, by the {@code namespace/name} of each account's object. */
public final class AccountKeys {
    private final Map<String, AccountKey> keys = new ConcurrentHashMap<>();
    private final Consumer<String> onNew;

    /** @param onNew is told of an account whose key was not known before, or is another: its hosts may open now */
    public AccountKeys(Consumer<String> onNew) {
        this.onNew = onNew;
    }

    /** The key of that account, if it was usable when it was read last. */
    public Optional<AccountKey> find(String account) {
        return Optional.ofNullable(keys.get(account));
    }

    void put(String account, AccountKey key) {
        if (!key.equals(keys.put(account, key))) {
            onNew.accept(account);
        }
    }

    void drop(String account) {
        keys.remove(account);
    }
}
