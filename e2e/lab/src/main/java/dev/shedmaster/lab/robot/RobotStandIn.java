package dev.shedmaster.lab.robot;

import dev.shedmaster.lab.StepLock;
import dev.shedmaster.lab.http.LabServer;
import dev.shedmaster.lab.robot.access.Logins;
import dev.shedmaster.lab.robot.access.RequestBuckets;
import dev.shedmaster.lab.robot.admin.RobotAdmin;
import dev.shedmaster.lab.robot.call.CallLog;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.Activation;
import dev.shedmaster.lab.robot.estate.BootKind;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.ResetType;
import dev.shedmaster.lab.robot.estate.ServerSpec;
import dev.shedmaster.lab.robot.estate.Surroundings;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultBoard;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.key.StoredKey;
import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.lab.robot.ssh.SshFoundry;
import dev.shedmaster.lab.robot.web.Passwords;
import dev.shedmaster.lab.robot.web.RobotFrontDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A stand-in for Hetzner's Robot on the loopback address, with the servers that are rented there: it keeps state, holds
 * to the documented protocol and limits, boots servers over the network or from their disks, and fails as it is told
 * to. Servers that are up answer over SSH. The lab's own endpoints are under {@code /lab}.
 */
public final class RobotStandIn implements AutoCloseable {
    private final LabServer web;
    private final Account account;
    private final Surroundings surroundings;
    private final Logins logins;
    private final CallLog calls;
    private final Plots plots;

    private RobotStandIn(
            LabServer web, Account account, Surroundings surroundings, Logins logins, CallLog calls, Plots plots) {
        this.web = web;
        this.account = account;
        this.surroundings = surroundings;
        this.logins = logins;
        this.calls = calls;
        this.plots = plots;
    }

    /**
     * Opens the web service; there is no server yet.
     *
     * @throws IOException if the port cannot be had
     */
    public static RobotStandIn start(RobotOptions options) throws IOException {
        FaultBoard faults = new FaultBoard();
        StepLock lock = new StepLock();
        Account account = new Account(options.clock(), faults, lock);
        faults.onChange(() -> account.locked(
                () -> account.standing().forEach(server -> server.power().heedFaults())));
        Logins logins = new Logins(options.logins(), options.clock());
        CallLog calls = new CallLog();
        RobotAdmin admin = new RobotAdmin(account, logins, calls);
        RobotFrontDoor door = new RobotFrontDoor(
                account,
                logins,
                options.blocked(),
                new RequestBuckets(options.limits(), options.clock()),
                calls,
                new Passwords(new SecureRandom()));
        LabServer web = LabServer.start(
                List.of(request -> request.path().startsWith("/lab/") ? admin.handle(request) : door.handle(request)),
                List.of(options.port()));
        Surroundings surroundings = new Surroundings(
                options.clock(), lock, faults, new SshFoundry(options.clock()), options.systems(), options.timings());
        return new RobotStandIn(
                web, account, surroundings, logins, calls, new Plots(web.url(0).getPort()));
    }

    /** The web service, without a slash at its end. */
    public URI url() {
        return web.url(0);
    }

    /** Rents an RX220 that is turned on and has a blank disk. */
    public DedicatedServer rent(int number) {
        return rent(address -> ServerSpec.rx220(number, address));
    }

    /**
     * Rents a server that is turned on and has a blank disk.
     *
     * @param spec makes its description of the address that it gets in the lab; a description without one is that of a
     *     server without IPv4
     */
    public DedicatedServer rent(Function<String, ServerSpec> spec) {
        return placed(site -> DedicatedServer.light(spec.apply(site.getHostAddress()), site, surroundings));
    }

    /** Rents an x86 server that is a virtual machine, with blank disks, and turned on. It lives in real time. */
    public DedicatedServer rentMachine(int number, Chassis chassis) {
        return placed(site ->
                DedicatedServer.machine(ServerSpec.ax41(number, site.getHostAddress()), site, surroundings, chassis));
    }

    private DedicatedServer placed(Function<InetAddress, DedicatedServer> made) {
        DedicatedServer server = account.locked(() -> {
            DedicatedServer rented = made.apply(plots.next());
            account.add(rented);
            return rented;
        });
        server.power().turnOn();
        return server;
    }

    /** Has a server boot its rescue system, into which these keys let, as if that had been armed and its reset button pressed. */
    public void bootRescue(DedicatedServer server, List<PublicKeyText> authorized) {
        Instant now = surroundings.clock().instant();
        account.locked(() -> {
            server.boot()
                    .arm(Activation.armed(
                            BootKind.RESCUE,
                            "linux",
                            "",
                            "",
                            authorized.stream()
                                    .map(key -> new StoredKey("lab", key, now))
                                    .toList(),
                            now));
            ResetType.HARDWARE.reset(server);
        });
    }

    /** Has a server boot a system that is installed on its first disk, as if somebody had done so before. */
    public void bootInstalled(DedicatedServer server, InstalledOs system) {
        account.locked(() -> {
            server.install(system);
            server.boot().disarm(BootKind.RESCUE);
            ResetType.HARDWARE.reset(server);
        });
    }

    public DedicatedServer server(int number) {
        return account.locked(() -> account.standing(number))
                .orElseThrow(() -> new IllegalArgumentException("The lab's Robot has no server " + number));
    }

    /** What the account has, for tests that look behind the protocol. */
    public Account account() {
        return account;
    }

    /** Switches a fault on; the id clears it. */
    public String post(Fault fault) {
        return surroundings.faults().post(fault);
    }

    public FaultBoard faults() {
        return surroundings.faults();
    }

    public Logins logins() {
        return logins;
    }

    public CallLog calls() {
        return calls;
    }

    /** Closes the web service and cuts the power of all servers. */
    @Override
    public void close() {
        web.close();
        surroundings.clock().close();
        account.locked(() -> account.standing())
                .forEach(server -> server.power().cut());
        surroundings.ssh().close();
    }
}
