package dev.shedmaster.machine.robot;

import dev.shedmaster.http.ApiClient;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The dedicated servers of one Robot account. All hosts of the account share one of these, and its budget. */
public final class RobotServers implements DedicatedServers {
    private final RobotAccount account;
    private final RobotBudget budget;
    private final RobotClient client;
    private final RobotApi api;
    private final ServerList servers;

    /**
     * Opens the account; no call is made yet.
     *
     * @param logins shared by all accounts at the same endpoint
     */
    public RobotServers(RobotAccount account, ApiClient client, LoginWatch logins, InstantSource clock) {
        this.account = account;
        this.budget = new RobotBudget(account.resetsPerHour(), clock);
        this.client = new RobotClient(client, account, budget, logins, clock);
        this.api = new RobotApi(this.client);
        this.servers = new ServerList(api::servers, clock);
    }

    /** Sends nothing: Robot has refused the credential already, before this was opened. */
    public RobotServers refusedBefore(PortError.Unauthorized reason) {
        client.refuse(reason);
        return this;
    }

    @Override
    public Outcome<Nothing> verify() {
        return servers().map(all -> Nothing.NOTHING);
    }

    @Override
    public Outcome<List<DedicatedServer>> servers() {
        return client.unlessRefused(servers::all);
    }

    @Override
    public Outcome<DedicatedServer> server(int number) {
        return client.unlessRefused(() -> servers.find(number))
                .then(found -> found.<Outcome<DedicatedServer>>map(Outcome::done)
                        .orElseGet(() -> Outcome.failed(new PortError.NotFound(
                                "the Robot account " + account.name() + " has no server " + number))));
    }

    @Override
    public Outcome<Nothing> rename(int number, String name) {
        return api.rename(number, name).map(renamed -> {
            servers.forget();
            return renamed;
        });
    }

    /** Robot tells keys apart by their material: the same key under another name is the same, whoever has added it. */
    @Override
    public Outcome<String> ensureKey(String name, String publicKey) {
        OpenSshPublicKey key;
        try {
            key = OpenSshPublicKey.of(publicKey);
        } catch (IllegalArgumentException e) {
            return Outcome.failed(new PortError.Invalid("publicKey", "publicKey: " + e.getMessage()));
        }
        return api.key(key.fingerprint()).then(known -> known.map(Outcome::done).orElseGet(() -> add(name, key)));
    }

    private Outcome<String> add(String name, OpenSshPublicKey key) {
        Outcome<String> added = api.addKey(name, key);
        return added instanceof Outcome.Failed<String>(PortError.AlreadyExists meanwhile)
                ? api.key(key.fingerprint())
                        .then(known -> known.map(Outcome::done)
                                .orElseGet(() -> Outcome.failed(new PortError.Transient(
                                        "Robot has the SSH key '" + name + "', and yet does not find it"))))
                : added;
    }

    @Override
    public Outcome<Nothing> removeKey(String fingerprint) {
        return api.removeKey(fingerprint);
    }

    @Override
    public Outcome<Boolean> isRescueArmed(int number) {
        return api.isRescueActive(number);
    }

    /**
     * What is active already is taken back first: Robot's documentation does not say whether it would get other keys, be refused
     * or stay as it is. An unattended installation that somebody has ordered is not taken back.
     */
    @Override
    public Outcome<Nothing> armRescue(int number, List<String> fingerprints) {
        Outcome<Boolean> activated =
                api.deactivateRescue(number).then(disarmed -> api.activateRescue(number, fingerprints));
        if (activated instanceof Outcome.Failed<Boolean>(PortError.AlreadyExists taken)) {
            return api.activeBoot(number).then(other -> Outcome.failed(inTheWay(number, other)));
        }
        return activated.then(active -> active
                ? Outcome.done(Nothing.NOTHING)
                : Outcome.failed(new PortError.Transient("Robot has taken the order to boot server " + number
                        + " into the rescue system, and says that it does not")));
    }

    private static PortError inTheWay(int number, Optional<String> other) {
        return other.filter(boot -> !boot.equals("rescue"))
                .<PortError>map(boot -> new PortError.Invalid(
                        "boot",
                        "server " + number + " is to boot '" + boot
                                + "' next, which somebody has ordered in Robot: let it happen or take it back there"))
                .orElseGet(() -> new PortError.Transient(
                        "somebody else had server " + number + " boot the rescue system at the same moment"));
    }

    @Override
    public Outcome<Nothing> disarmRescue(int number) {
        return api.deactivateRescue(number);
    }

    @Override
    public Outcome<RescueBoot> lastRescue(int number) {
        return api.lastRescue(number).map(boot -> boot.orElse(new RescueBoot(null, Set.of())));
    }

    @Override
    public Outcome<ResetOptions> resetOptions(int number) {
        return api.resetOptions(number);
    }

    @Override
    public Outcome<Nothing> reset(int number, ResetType type) {
        return api.reset(number, type);
    }

    @Override
    public Outcome<Nothing> wake(int number) {
        return api.wake(number);
    }

    /** What Robot tells of the account's network beyond what a host's life needs. */
    public RobotNetwork network() {
        return new RobotNetwork(client);
    }

    @Override
    public List<RequestAllowance> allowances() {
        return budget.allowances();
    }

    /** Nothing is held open: the connections are shared with all adapters. */
    @Override
    public void close() {}
}
