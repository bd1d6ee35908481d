package dev.shedmaster.lab.azure;

import dev.shedmaster.lab.agent.AgentProgram;
import dev.shedmaster.lab.azure.catalog.ImageShelf;
import dev.shedmaster.lab.azure.catalog.ImageShelf.Image;
import dev.shedmaster.lab.azure.estate.CapacityRule;
import dev.shedmaster.lab.azure.estate.Quotas;
import dev.shedmaster.lab.azure.estate.Timings;
import dev.shedmaster.lab.azure.identity.Account;
import dev.shedmaster.lab.azure.throttle.Limits;
import dev.shedmaster.lab.time.LabClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a stand-in is made. Begin with {@link #of} and change what matters.
 *
 * @param clock the time in which it lives; closed with it
 * @param agents runs the agents of the machines
 * @param groups the resource groups that exist: location by name
 * @param subnets the subnets that exist: how many NICs fit in, by id
 * @param limits the rate limits
 * @param timings how long things take
 * @param capacity what Azure has not enough of
 * @param tokenLifetime of access tokens, in lab time
 * @param pollInterval what {@code Retry-After} advises who follows an operation, in the client's time
 * @param pageSize of lists of machines
 * @param operationTicketLength a part of each operation's URL is so long; Azure's URLs can have 4 KB and more
 * @param spotFactor the part of the on-demand price that a spot machine costs
 * @param seed of all chance
 * @param ports of Resource Manager, the authority and instance metadata; 0 takes a free one
 */
public record Options(
        LabClock clock,
        AgentProgram agents,
        Account account,
        Map<String, String> groups,
        Map<String, Integer> subnets,
        ImageShelf images,
        Quotas quotas,
        Limits limits,
        Timings timings,
        List<CapacityRule> capacity,
        Duration tokenLifetime,
        Duration pollInterval,
        int pageSize,
        int operationTicketLength,
        double spotFactor,
        long seed,
        List<Integer> ports) {

    /** The one resource group of the defaults. */
    public static final String GROUP = "ci-workers";

    public Options {
        groups = Map.copyOf(groups);
        subnets = Map.copyOf(subnets);
        capacity = List.copyOf(capacity);
        ports = List.copyOf(ports);
        if (ports.size() != 3) {
            throw new IllegalArgumentException(
                    "ports: give three, for Resource Manager, the authority and instance metadata");
        }
    }

    /**
     * A subscription as Azure would give it: the group {@value #GROUP} in westeurope with a subnet, the usual images and a gallery's Flatcar, plenty
     * of quota, the documented rate limits, realistic times.
     */
    public static Options of(LabClock clock, AgentProgram agents) {
        Account account = Account.sample();
        return new Options(
                clock,
                agents,
                account,
                Map.of(GROUP, "westeurope"),
                Map.of(subnetId(account.subscriptionId()), 16_000),
                ImageShelf.usual().gallery(galleryImageId(account.subscriptionId()), Image.flatcar(false)),
                Quotas.plenty(),
                Limits.documented(),
                Timings.realistic(),
                List.of(),
                Duration.ofMinutes(60),
                Duration.ofSeconds(5),
                200,
                256,
                0.3,
                1,
                List.of(0, 0, 0));
    }

    /** The subnet of the defaults. */
    public static String subnetId(String subscription) {
        return "/subscriptions/" + subscription
                + "/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/ci/subnets/workers";
    }

    /** The gallery image of the defaults, of which every version exists. */
    public static String galleryImageId(String subscription) {
        return "/subscriptions/" + subscription
                + "/resourceGroups/images/providers/Microsoft.Compute/galleries/flatcar/images/stable";
    }

    public Options withAccount(Account other) {
        return changed(draft -> draft.account = other);
    }

    public Options withGroups(Map<String, String> other) {
        return changed(draft -> draft.groups = other);
    }

    public Options withSubnets(Map<String, Integer> other) {
        return changed(draft -> draft.subnets = other);
    }

    public Options withImages(ImageShelf other) {
        return changed(draft -> draft.images = other);
    }

    public Options withQuotas(Quotas other) {
        return changed(draft -> draft.quotas = other);
    }

    public Options withLimits(Limits other) {
        return changed(draft -> draft.limits = other);
    }

    public Options withTimings(Timings other) {
        return changed(draft -> draft.timings = other);
    }

    public Options withCapacity(List<CapacityRule> other) {
        return changed(draft -> draft.capacity = other);
    }

    public Options withTokenLifetime(Duration other) {
        return changed(draft -> draft.tokenLifetime = other);
    }

    public Options withPollInterval(Duration other) {
        return changed(draft -> draft.pollInterval = other);
    }

    public Options withPageSize(int other) {
        return changed(draft -> draft.pageSize = other);
    }

    public Options withOperationTicketLength(int other) {
        return changed(draft -> draft.operationTicketLength = other);
    }

    public Options withSpotFactor(double other) {
        return changed(draft -> draft.spotFactor = other);
    }

    public Options withSeed(long other) {
        return changed(draft -> draft.seed = other);
    }

    public Options withPorts(List<Integer> other) {
        return changed(draft -> draft.ports = other);
    }

    private Options changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** All options but the two that are given at the beginning, open for change. */
    private static final class Draft {
        private final Options from;
        private Account account;
        private Map<String, String> groups;
        private Map<String, Integer> subnets;
        private ImageShelf images;
        private Quotas quotas;
        private Limits limits;
        private Timings timings;
        private List<CapacityRule> capacity;
        private Duration tokenLifetime;
        private Duration pollInterval;
        private int pageSize;
        private int operationTicketLength;
        private double spotFactor;
        private long seed;
        private List<Integer> ports;

        Draft(Options from) {
            this.from = from;
            account = from.account;
            groups = from.groups;
            subnets = from.subnets;
            images = from.images;
            quotas = from.quotas;
            limits = from.limits;
            timings = from.timings;
            capacity = from.capacity;
            tokenLifetime = from.tokenLifetime;
            pollInterval = from.pollInterval;
            pageSize = from.pageSize;
            operationTicketLength = from.operationTicketLength;
            spotFactor = from.spotFactor;
            seed = from.seed;
            ports = from.ports;
        }

        Options options() {
            return new Options(
                    from.clock,
                    from.agents,
                    account,
                    groups,
                    subnets,
                    images,
                    quotas,
                    limits,
                    timings,
                    capacity,
                    tokenLifetime,
                    pollInterval,
                    pageSize,
                    operationTicketLength,
                    spotFactor,
                    seed,
                    ports);
        }
    }
}
