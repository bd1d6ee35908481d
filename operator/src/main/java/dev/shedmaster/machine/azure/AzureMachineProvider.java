package dev.shedmaster.machine.azure;

import dev.shedmaster.http.ApiClient;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineProvider;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Virtual machines of one Azure subscription in one resource group. The sources of its facts: docs/sources.md.
 *
 * <p>An account that must not be used (a resource group of other tools, a malformed name) makes no call: every method
 * answers {@code Invalid}.
 */
public final class AzureMachineProvider implements MachineProvider {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(10);

    private final Optional<PortError.Invalid> problem;
    private final RequestBudget budget;
    private final VmCreation creation;
    private final VmReading reading;
    private final ResourceRemoval removal;
    private final LeftoverSearch search;
    private final UsageReading usages;
    private final VmObservation observation;

    public AzureMachineProvider(AzureAccount account, ApiClients clients, MeterRegistry meters, InstantSource clock) {
        ApiClient client = clients.client(ApiClients.Options.of("azure", CALL_TIMEOUT));
        // The metadata address answers on the machine itself and never through a proxy.
        ApiClient identity = account.auth() instanceof AzureAuth.ManagedIdentity
                ? clients.client(ApiClients.Options.of("azure-metadata", METADATA_TIMEOUT))
                : client;
        AzureErrorClassifier classifier = new AzureErrorClassifier(account.name());
        AccessTokens tokens = new AccessTokens(identity, account.endpoints(), account.auth(), clock);
        this.budget = new RequestBudget(account.rates(), account.name(), clock, meters);
        ArmClient arm = new ArmClient(client, account.endpoints().resourceManager(), tokens, budget, classifier, clock);
        QuotaLedger ledger = new QuotaLedger(account.name(), account.limits());
        this.problem = account.problem();
        this.usages = new UsageReading(arm, account, ledger, clock);
        this.reading = new VmReading(arm, account, classifier, clock);
        this.creation = new VmCreation(arm, account, classifier, ledger, usages, reading, clock);
        this.removal = new ResourceRemoval(arm, account, ledger);
        this.search = new LeftoverSearch(arm, account);
        this.observation = new VmObservation(arm, account, classifier, ledger, reading, clock);
    }

    @Override
    public Outcome<AcceptedMachine> create(MachineOrder order) {
        return unlessRefused(() -> creation.create(order));
    }

    @Override
    public Outcome<Map<String, MachineState>> observe(Map<String, String> followed) {
        return unlessRefused(() -> {
            usages.refreshIfOld();
            Map<String, String> ours = new HashMap<>(followed);
            ours.keySet().removeIf(machine -> MachineName.parse(machine).isEmpty());
            return observation.observe(ours);
        });
    }

    @Override
    public Outcome<MachineState> inspect(String machine) {
        return unlessRefused(() -> named(machine).then(reading::inspect));
    }

    @Override
    public Outcome<Nothing> delete(String machine) {
        return unlessRefused(() -> named(machine).then(removal::deleteMachine));
    }

    @Override
    public Outcome<Set<Leftover>> leftovers(Set<String> known) {
        return unlessRefused(() -> search.find(known));
    }

    @Override
    public Outcome<Nothing> collect(Leftover leftover) {
        return unlessRefused(() -> removal.collect(leftover));
    }

    /** Lists the group's machines: that needs the group, the credential and the permission. Quotas are a bonus. */
    @Override
    public Outcome<Nothing> verify() {
        return unlessRefused(() -> {
            Outcome<Nothing> listed = observation.tryList();
            usages.refresh();
            return listed;
        });
    }

    @Override
    public Outcome<Nothing> quotas() {
        return unlessRefused(usages::newest);
    }

    private <T> Outcome<T> unlessRefused(Supplier<Outcome<T>> call) {
        return problem.isPresent() ? Outcome.failed(problem.get()) : call.get();
    }

    /** A name becomes part of an address, so only a machine's name may. */
    private static Outcome<String> named(String machine) {
        return MachineName.parse(machine).isPresent()
                ? Outcome.done(machine)
                : Outcome.failed(new PortError.Invalid(
                        "name", "name: \"" + machine + "\" is not the name of a machine of ours"));
    }

    /** Connections are shared by all systems and closed by who made them. */
    @Override
    public void close() {
        budget.close();
    }
}
