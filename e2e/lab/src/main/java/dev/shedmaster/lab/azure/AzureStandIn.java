package dev.shedmaster.lab.azure;

import dev.shedmaster.lab.azure.admin.LabAdmin;
import dev.shedmaster.lab.azure.admin.StateReport;
import dev.shedmaster.lab.azure.arm.ArmFrontDoor;
import dev.shedmaster.lab.azure.arm.ArmMishaps;
import dev.shedmaster.lab.azure.arm.ArmProviders;
import dev.shedmaster.lab.azure.arm.CallLog;
import dev.shedmaster.lab.azure.catalog.SizeCatalog;
import dev.shedmaster.lab.azure.estate.CapacityRule;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.azure.estate.Quotas;
import dev.shedmaster.lab.azure.estate.ResourceKey;
import dev.shedmaster.lab.azure.estate.Tariff;
import dev.shedmaster.lab.azure.estate.VirtualMachine;
import dev.shedmaster.lab.azure.estate.VmBirth;
import dev.shedmaster.lab.azure.estate.VmPower;
import dev.shedmaster.lab.azure.estate.VmRemoval;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.LineFaults;
import dev.shedmaster.lab.azure.identity.Authority;
import dev.shedmaster.lab.azure.identity.InstanceMetadata;
import dev.shedmaster.lab.azure.identity.TokenIssuer;
import dev.shedmaster.lab.azure.throttle.Throttles;
import dev.shedmaster.lab.guest.GuestFoundry;
import dev.shedmaster.lab.http.LabHandler;
import dev.shedmaster.lab.http.LabServer;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for Azure on the loopback address: Resource Manager, the authority that gives tokens, and instance metadata, each at an address of its
 * own. It keeps state, holds to the documented protocol and limits, boots what it is told to, and fails as it is told to. The lab's own endpoints
 * are under {@code /lab} at Resource Manager's address.
 */
public final class AzureStandIn implements AutoCloseable {
    private static final int ARM = 0;
    private static final int AUTHORITY = 1;
    private static final int IMDS = 2;

    private final Options options;
    private final LabServer server;
    private final Inside inside;

    /** What the doors open to; the providers' links need the address, which is known only when the doors are open. */
    private record Inside(
            Estate estate,
            FaultBoard faults,
            VmRemoval removal,
            TokenIssuer tokens,
            StateReport report,
            LabAdmin admin,
            CallLog calls,
            ArmProviders.Lives lives,
            Authority authority,
            InstanceMetadata metadata) {}

    private AzureStandIn(Options options, LabServer server, Inside inside) {
        this.options = options;
        this.server = server;
        this.inside = inside;
    }

    public static AzureStandIn start(Options options) throws IOException {
        Inside inside = inside(options);
        AtomicReference<@Nullable LabHandler> frontDoor = new AtomicReference<>();
        LabServer server = LabServer.start(
                List.of(
                        request -> request.path().startsWith("/lab/")
                                ? inside.admin().handle(request)
                                : opened(frontDoor).handle(request),
                        inside.authority(),
                        inside.metadata()),
                options.ports());
        frontDoor.set(frontDoor(options, inside, server.url(ARM)));
        return new AzureStandIn(options, server, inside);
    }

    private static LabHandler opened(AtomicReference<@Nullable LabHandler> door) {
        LabHandler handler = door.get();
        if (handler == null) {
            throw new IllegalStateException("The lab's Azure is not open yet");
        }
        return handler;
    }

    private static Inside inside(Options options) {
        FaultBoard faults = new FaultBoard(options.clock(), options.seed());
        Estate estate = new Estate(
                options.clock(),
                options.seed(),
                options.account().subscriptionId(),
                options.quotas(),
                options.subnets(),
                options.timings().operationsKept(),
                options.operationTicketLength(),
                new Tariff(new SizeCatalog(), options.spotFactor()));
        estate.changeCapacity(options.capacity());
        VmPower power = new VmPower(estate, options.timings(), faults);
        VmRemoval removal = new VmRemoval(estate, options.timings(), power);
        GuestFoundry foundry = new GuestFoundry(options.agents(), options.clock());
        VmBirth birth = new VmBirth(estate, options.timings(), faults, foundry, power, removal);
        TokenIssuer tokens = new TokenIssuer(options.clock(), options.account(), options.tokenLifetime());
        CallLog calls = new CallLog();
        StateReport report = new StateReport(estate, calls);
        return new Inside(
                estate,
                faults,
                removal,
                tokens,
                report,
                new LabAdmin(estate, faults, removal, tokens, report),
                calls,
                new ArmProviders.Lives(birth, power, removal),
                new Authority(options.clock(), options.account(), tokens, faults),
                new InstanceMetadata(options.clock(), options.account(), tokens, faults, estate, removal));
    }

    private static LabHandler frontDoor(Options options, Inside inside, URI base) {
        Map<String, String> groups = new HashMap<>();
        // A subnet's own group can be looked into, too.
        options.subnets().keySet().forEach(id -> groups.put(ResourceKey.ofId(id).resourceGroup(), "westeurope"));
        options.groups().forEach((name, location) -> groups.put(name.toLowerCase(Locale.ROOT), location));
        ArmProviders providers = new ArmProviders(
                inside.estate(),
                inside.lives(),
                inside.faults(),
                options.images(),
                options.timings(),
                groups,
                new ArmProviders.Manners(
                        base,
                        base.resolve("/lab/serial"),
                        options.account().subscriptionId(),
                        options.pollInterval(),
                        options.pageSize()));
        return new ArmFrontDoor(
                options.account(),
                groups,
                inside.tokens(),
                new Throttles(options.limits(), options.clock()),
                inside.estate(),
                new LineFaults(inside.faults(), options.clock()),
                new ArmMishaps(inside.faults()),
                providers,
                inside.calls());
    }

    /** Resource Manager. */
    public URI armUrl() {
        return server.url(ARM);
    }

    /** The authority: tokens are at {@code {authority}/{tenant}/oauth2/v2.0/token}. */
    public URI authorityUrl() {
        return server.url(AUTHORITY);
    }

    /** Instance metadata of the machine on which the asker's own program runs. */
    public URI imdsUrl() {
        return server.url(IMDS);
    }

    /** Instance metadata as a machine of the lab sees it. */
    public URI imdsUrl(String machineName) {
        return URI.create(imdsUrl() + "/machines/" + machine(machineName).vmId());
    }

    public Options options() {
        return options;
    }

    /** Switches a fault on; the id clears it. */
    public String post(Fault fault) {
        return inside.faults().post(fault);
    }

    public FaultBoard faults() {
        return inside.faults();
    }

    public StateReport report() {
        return inside.report();
    }

    public CallLog calls() {
        return inside.calls();
    }

    /** The lives of all machines that there ever were. */
    public List<LifeRecord> lives() {
        return inside.report().lives();
    }

    /** The serial console of a machine that exists, or is gone not long ago. */
    public List<String> bootLog(String machineName) {
        return machine(machineName).guest().bootLog();
    }

    /** Evicts at once, without notice. */
    public void evict(String machineName) {
        inside.removal().evict(machine(machineName));
    }

    /** Evicts after the usual notice in the machine's scheduled events. */
    public void announceEviction(String machineName) {
        inside.removal().announceEviction(machine(machineName));
    }

    public void changeQuotas(Quotas quotas) {
        inside.estate().locked(() -> inside.estate().quota().change(quotas));
    }

    public void changeCapacity(List<CapacityRule> rules) {
        inside.estate().locked(() -> inside.estate().changeCapacity(rules));
    }

    /** A token that Resource Manager takes, without asking the authority for it. */
    public String token() {
        return inside.tokens()
                .issue(options.account().clientId(), "https://management.azure.com")
                .token();
    }

    public void revokeTokens() {
        inside.tokens().revokeAll();
    }

    private VirtualMachine machine(String name) {
        return inside.admin()
                .named(name)
                .orElseThrow(() -> new IllegalArgumentException("The lab's Azure has no machine " + name));
    }

    /** Closes the doors and cuts the power of all machines. */
    @Override
    public void close() {
        server.close();
        options.clock().close();
        inside.estate()
                .locked(() -> inside.estate()
                        .machines()
                        .forEach(machine -> machine.guest().cutPower()));
    }
}
