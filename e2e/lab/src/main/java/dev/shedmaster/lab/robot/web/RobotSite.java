package dev.shedmaster.lab.robot.web;

import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.BootKind;

/** Who answers which call. */
final class RobotSite {
    private final Account account;
    private final ServerRoutes servers;
    private final AddressRoutes addresses;
    private final FirewallRoutes firewalls;
    private final TrafficRoutes traffic;
    private final ResetRoutes resets;
    private final BootRoutes boots;
    private final PointerRoutes pointers;
    private final KeyRoutes keys;

    RobotSite(Account account, Passwords passwords) {
        this.account = account;
        this.servers = new ServerRoutes(account);
        this.addresses = new AddressRoutes(account);
        this.firewalls = new FirewallRoutes(account, servers);
        this.traffic = new TrafficRoutes(account);
        this.resets = new ResetRoutes(account, servers);
        this.boots = new BootRoutes(account, servers, passwords);
        this.pointers = new PointerRoutes(account);
        this.keys = new KeyRoutes(account);
    }

    /**
     * Does what is asked, alone.
     *
     * @throws RobotRefusal if Robot does not do it
     */
    LabAnswer answer(RobotRequest request) {
        return account.locked(() -> routed(request));
    }

    private LabAnswer routed(RobotRequest request) {
        return switch (request.call()) {
            case LIST_SERVERS -> servers.list();
            case READ_SERVER -> servers.read(request);
            case RENAME_SERVER -> servers.rename(request);
            case LIST_IPS -> addresses.listIps(request);
            case READ_IP -> addresses.readIp(request);
            case LIST_SUBNETS -> addresses.listSubnets(request);
            case READ_SUBNET -> addresses.readSubnet(request);
            case LIST_FAILOVERS, READ_FAILOVER -> addresses.noFailover();
            case READ_FIREWALL -> firewalls.read(request);
            case READ_TRAFFIC -> traffic.read(request);
            case LIST_RESETS -> resets.list();
            case READ_RESET -> resets.read(request);
            case RESET -> resets.reset(request);
            case READ_WOL -> resets.readWol(request);
            case WAKE -> resets.wake(request);
            case READ_BOOT -> boots.readAll(request);
            case READ_RESCUE -> boots.read(request, BootKind.RESCUE);
            case ARM_RESCUE -> boots.arm(request, BootKind.RESCUE);
            case DISARM_RESCUE -> boots.disarm(request, BootKind.RESCUE);
            case READ_LAST_RESCUE -> boots.readLast(request, BootKind.RESCUE);
            case READ_LINUX -> boots.read(request, BootKind.LINUX);
            case ARM_LINUX -> boots.arm(request, BootKind.LINUX);
            case DISARM_LINUX -> boots.disarm(request, BootKind.LINUX);
            case READ_LAST_LINUX -> boots.readLast(request, BootKind.LINUX);
            case LIST_RDNS -> pointers.list();
            case READ_RDNS -> pointers.read(request);
            case CREATE_RDNS -> pointers.create(request);
            case WRITE_RDNS -> pointers.write(request);
            case DELETE_RDNS -> pointers.delete(request);
            case LIST_KEYS -> keys.list();
            case CREATE_KEY -> keys.create(request);
            case READ_KEY -> keys.read(request);
            case RENAME_KEY -> keys.rename(request);
            case DELETE_KEY -> keys.delete(request);
            case READ_CANCELLATION, READ_PRODUCTS, READ_PRODUCT, READ_ORDERS, READ_ORDER ->
                throw RobotRefusal.notFound("The lab has nothing to order and nothing to cancel");
            case CANCEL_SERVER, WITHDRAW_CANCELLATION, ORDER ->
                throw RobotRefusal.of(403, "FORBIDDEN", "The lab orders nothing and cancels nothing");
        };
    }
}
