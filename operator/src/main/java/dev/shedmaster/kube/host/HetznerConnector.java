package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.HetznerAccountSpec;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.kube.status.Addresses;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.machine.robot.LoginWatch;
import dev.shedmaster.machine.robot.RobotAccount;
import dev.shedmaster.machine.robot.RobotServers;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.PortError;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Opens connections to Hetzner accounts. */
public final class HetznerConnector {
    /** Robot answers within a second or two, and an activation of the rescue system within some. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final ApiClients clients;
    private final InstantSource clock;
    private final Map<URI, LoginWatch> logins = new ConcurrentHashMap<>();

    public HetznerConnector(ApiClients clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * Opens a connection; no call is made yet.
     *
     * @param secret the values of the Secret that {@code spec.credentials} refers to
     * @param refused that Robot has refused this very login before; null if it has not
     * @throws IllegalArgumentException naming the field that cannot be used, and why
     */
    public DedicatedServers connect(
            HetznerAccount account, Map<String, String> secret, PortError.@Nullable Unauthorized refused) {
        HetznerAccountSpec spec = account.getSpec();
        URI endpoint = Addresses.of("spec.endpoint", spec.endpoint());
        RobotServers servers = new RobotServers(
                robot(account, endpoint, secret),
                clients.client(new ApiClients.Options("robot", CALL_TIMEOUT, null, proxy(spec))),
                logins.computeIfAbsent(endpoint, one -> new LoginWatch(clock)),
                clock);
        return refused == null ? servers : servers.refusedBefore(refused);
    }

    private static RobotAccount robot(HetznerAccount account, URI endpoint, Map<String, String> secret) {
        HetznerAccountSpec spec = account.getSpec();
        String username = value(spec, secret, "username");
        String password = value(spec, secret, "password");
        try {
            return new RobotAccount(
                    Names.of(account),
                    endpoint,
                    username,
                    password,
                    spec.limits().resetsPerHour());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "spec, or the Secret " + spec.credentials().secretRef().name() + " that it refers to: "
                            + e.getMessage(),
                    e);
        }
    }

    private static @Nullable URI proxy(HetznerAccountSpec spec) {
        return spec.proxy() == null ? null : Addresses.of("spec.proxy", spec.proxy());
    }

    private static String value(HetznerAccountSpec spec, Map<String, String> secret, String key) {
        String value = secret.get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("spec.credentials.secretRef: the Secret "
                    + spec.credentials().secretRef().name() + " has no key " + key + ": add it");
        }
        return value;
    }
}
