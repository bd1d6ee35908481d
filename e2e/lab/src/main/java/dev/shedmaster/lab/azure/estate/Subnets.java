package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.fault.ArmError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The subnets that somebody made before, with the addresses that they have left. Guarded by the estate's lock. */
public final class Subnets {
    private static final class Pool {
        final String id;
        final int addresses;
        final int network;
        int used;
        int next = 4;

        Pool(String id, int addresses, int network) {
            this.id = id;
            this.addresses = addresses;
            this.network = network;
        }
    }

    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final Map<String, Pool> byAddress = new HashMap<>();

    /** @param addresses how many NICs fit into each subnet, by the subnet's id */
    Subnets(Map<String, Integer> addresses) {
        addresses.forEach((id, count) -> pools.put(lower(id), new Pool(id, count, pools.size())));
    }

    public boolean exists(String id) {
        return pools.containsKey(lower(id));
    }

    /** The subnet's id as it was made. */
    public Optional<String> find(String id) {
        return Optional.ofNullable(pools.get(lower(id))).map(pool -> pool.id);
    }

    Optional<ArmError> refusal(String subnetId, int wanted) {
        Pool pool = pools.get(lower(subnetId));
        if (pool == null || pool.used + wanted <= pool.addresses) {
            return Optional.empty();
        }
        String name = subnetId.substring(subnetId.lastIndexOf('/') + 1);
        return Optional.of(ArmError.of(
                400,
                "SubnetIsFull",
                "Subnet " + name + " with address prefix 10." + pool.network
                        + ".0.0/16 does not have enough capacity for " + wanted + " IP addresses."));
    }

    String take(String subnetId) {
        Pool pool = pools.get(lower(subnetId));
        if (pool == null) {
            throw new IllegalStateException("No subnet " + subnetId);
        }
        pool.used++;
        String address;
        do {
            address = "10." + pool.network + "." + (pool.next >> 8 & 0xff) + "." + (pool.next & 0xff);
            pool.next = pool.next >= 0xfffe ? 4 : pool.next + 1;
        } while (byAddress.putIfAbsent(address, pool) != null);
        return address;
    }

    void free(String address) {
        Pool pool = byAddress.remove(address);
        if (pool != null) {
            pool.used--;
        }
    }

    private static String lower(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
