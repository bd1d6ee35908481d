package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.bootstrap.BootstrapFormat;
import dev.shedmaster.bootstrap.BootstrapTemplates;
import dev.shedmaster.bootstrap.BootstrapValues;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.lab.agent.AgentDescription;
import dev.shedmaster.lab.agent.RunningAgent;
import dev.shedmaster.lab.azure.AzureStandIn;
import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.azure.identity.Account;
import dev.shedmaster.lab.time.ManualClock;
import dev.shedmaster.machine.azure.AzureVmSettings.Image;
import dev.shedmaster.machine.azure.AzureVmSettings.OsDisk;
import dev.shedmaster.machine.azure.AzureVmSettings.SecurityType;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The stand-in for Azure with a provider that uses it, both in a time that the test moves. */
final class AzureLab implements AutoCloseable {
    static final String INSTALLATION = "test-installation";
    static final String ACCOUNT = "ci/azure";

    /** Made once, since it takes a second. */
    private static final String KEY = new ThrowawayKey().line();

    private static final class Agent implements RunningAgent {
        final CompletableFuture<Integer> exit = new CompletableFuture<>();

        @Override
        public CompletableFuture<Integer> exit() {
            return exit;
        }

        @Override
        public void close() {
            exit.complete(137);
        }
    }

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final Map<String, Agent> agents = new ConcurrentHashMap<>();
    private final Map<String, AgentDescription> descriptions = new ConcurrentHashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ApiClients clients = new ApiClients(meters);
    private final AzureStandIn azure;
    private final AzureMachineProvider provider;

    AzureLab() {
        this(options -> options, account -> account);
    }

    AzureLab(UnaryOperator<Options> options, UnaryOperator<AzureAccount> account) {
        try {
            azure = AzureStandIn.start(options.apply(Options.of(clock, this::start)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        provider = provider(account);
    }

    private RunningAgent start(AgentDescription description) {
        Agent agent = new Agent();
        descriptions.put(description.nodeName(), description);
        agents.put(description.nodeName(), agent);
        return agent;
    }

    /** Another operator, or the same one after a restart. */
    AzureMachineProvider provider(UnaryOperator<AzureAccount> change) {
        Account account = azure.options().account();
        AzureAccount own = new AzureAccount(
                ACCOUNT,
                INSTALLATION,
                account.subscriptionId(),
                Options.GROUP,
                "westeurope",
                new AzureEndpoints(azure.armUrl(), azure.authorityUrl(), azure.imdsUrl()),
                new AzureAuth.ClientSecret(account.tenantId(), account.clientId(), account.clientSecret()),
                AzureAccount.Limits.NONE,
                RequestRates.PUBLISHED);
        return new AzureMachineProvider(change.apply(own), clients, meters, clock);
    }

    AzureMachineProvider provider() {
        return provider;
    }

    AzureStandIn azure() {
        return azure;
    }

    ManualClock clock() {
        return clock;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    void advance(Duration time) {
        clock.advance(time);
    }

    static Offering spot(@Nullable String zone) {
        return new Offering(
                "spot", ACCOUNT, "Standard_D8ds_v5", "standardDDSv5Family", zone, CapacityType.SPOT, 8, 0.2);
    }

    static Offering onDemand(@Nullable String zone) {
        return new Offering(
                "on-demand", ACCOUNT, "Standard_D8ds_v5", "standardDDSv5Family", zone, CapacityType.ON_DEMAND, 8, 0.5);
    }

    MachineOrder order(String name, String uid, Offering offering) {
        return order(name, uid, offering, flatcar());
    }

    MachineOrder order(String name, String uid, Offering offering, AzureVmSettings settings) {
        return new MachineOrder(name, offering, owner(name, uid), bootData(name), settings);
    }

    static MachineOwner owner(String name, String uid) {
        return new MachineOwner(INSTALLATION, "ci/pool", "ci/" + name, uid);
    }

    private static String bootData(String name) {
        Outcome<String> rendered = new BootstrapTemplates()
                .render(
                        BootstrapFormat.IGNITION,
                        new BootstrapValues(
                                new AgentCredentials(URI.create("https://jenkins.example.org/"), name, "ab".repeat(32)),
                                "/var/lib/jenkins",
                                "ci/pool",
                                "ci/" + name,
                                true,
                                BootstrapValues.DEFAULT_AGENT_IMAGE,
                                Map.of()));
        return rendered instanceof Outcome.Done<String>(String text) ? text : rendered.toString();
    }

    AzureVmSettings flatcar() {
        return flatcar(64);
    }

    /** With a disk of that many GiB on the host. */
    AzureVmSettings flatcar(int diskGb) {
        return new AzureVmSettings(
                new Image.ById(Options.galleryImageId(subscription()) + "/versions/latest"),
                new OsDisk(true, null, diskGb, "Standard_LRS"),
                Options.subnetId(subscription()),
                null,
                true,
                true,
                SecurityType.STANDARD,
                List.of(),
                Map.of("cost-centre", "ci"),
                new AzureVmSettings.Admin("core", KEY));
    }

    /** With a disk that is a resource of its own. */
    AzureVmSettings flatcarOnManagedDisk() {
        return flatcarOnManagedDisk(64);
    }

    AzureVmSettings flatcarOnManagedDisk(int diskGb) {
        AzureVmSettings usual = flatcar();
        return new AzureVmSettings(
                usual.image(),
                new OsDisk(false, null, diskGb, "StandardSSD_LRS"),
                usual.subnetId(),
                null,
                true,
                true,
                SecurityType.STANDARD,
                List.of(),
                Map.of(),
                usual.admin());
    }

    String subscription() {
        return azure.options().account().subscriptionId();
    }

    /** What the guest of this name started its agent with; the guest does it on a thread of its own. */
    AgentDescription agent(String name) {
        return Objects.requireNonNull(await("agent of " + name + ": " + azure.bootLog(name))
                .until(() -> descriptions.get(name), Objects::nonNull));
    }

    /** The agent's program ends, and what its unit says happens. */
    void endAgent(String name) {
        agent(name);
        await("power off of " + name).untilAsserted(() -> {
            Objects.requireNonNull(agents.get(name)).exit.complete(0);
            assertThat(azure.bootLog(name)).anyMatch(line -> line.contains("Powering off"));
        });
    }

    /** A call to Resource Manager by somebody else who may make it. */
    HttpResponse<String> raw(String method, String path, @Nullable String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(azure.armUrl() + path))
                .header("Authorization", "Bearer " + azure.token())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String machinePath(String name) {
        return "/subscriptions/" + subscription() + "/resourceGroups/" + Options.GROUP
                + "/providers/Microsoft.Compute/virtualMachines/" + name;
    }

    @Override
    public void close() {
        provider.close();
        clients.close();
        azure.close();
    }
}
