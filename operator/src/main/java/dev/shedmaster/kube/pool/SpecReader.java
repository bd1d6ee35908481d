package dev.shedmaster.kube.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.api.v1alpha1.AzurePlacement;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.Bootstrap;
import dev.shedmaster.api.v1alpha1.HostPlacement;
import dev.shedmaster.api.v1alpha1.JenkinsBinding;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.Placement;
import dev.shedmaster.api.v1alpha1.Schedule;
import dev.shedmaster.api.v1alpha1.TemplateReference;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.api.v1alpha1.WorkerPoolSpec;
import dev.shedmaster.bootstrap.BootstrapTemplates;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.kube.machine.AzureOfferings;
import dev.shedmaster.kube.machine.HostNeed;
import dev.shedmaster.kube.machine.HostOfferings;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws blueprints from specs: everything that the schema cannot check is checked here, with what to do about it. */
public final class SpecReader implements PoolReconciler.Drawing {
    /** Equal things look the same in every process. */
    private static final ObjectMapper ORDERED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private static final List<String> WHERE_IT_RUNS =
            List.of("subscriptionRef", "vmSizes", "zones", "priority", "selector");

    private final KnownObjects<JenkinsServer> servers;
    private final KnownObjects<AzureSubscription> subscriptions;
    private final ReferencedObjects references;
    private final AzureOfferings offerings;
    private final BootstrapTemplates templates = new BootstrapTemplates();

    public SpecReader(
            KnownObjects<JenkinsServer> servers,
            KnownObjects<AzureSubscription> subscriptions,
            ReferencedObjects references,
            AzureOfferings offerings) {
        this.servers = servers;
        this.subscriptions = subscriptions;
        this.references = references;
        this.offerings = offerings;
    }

    @Override
    public Outcome<PoolBlueprint> draw(WorkerPool pool, Runnable onReferenceChange) {
        JenkinsBinding jenkins = pool.getSpec().ci().jenkins();
        if (jenkins == null) {
            return invalid("spec.ci", "no CI system is set: set spec.ci.jenkins");
        }
        String source = Names.of(pool, jenkins.serverRef());
        if (servers.find(source).isEmpty()) {
            return invalid(
                    "spec.ci.jenkins.serverRef",
                    "there is no JenkinsServer " + source + ": create it, or correct the name");
        }
        for (Schedule schedule : pool.getSpec().scaling().schedules()) {
            Optional<String> problem = ScheduleTimes.problem(schedule);
            if (problem.isPresent()) {
                return Outcome.failed(new PortError.Invalid("spec.scaling.schedules", problem.get()));
            }
        }
        return ladder(pool)
                .then(ladder -> template(pool, onReferenceChange)
                        .then(template -> draw(pool, jenkins, source, ladder, template.orElse(null))));
    }

    private Outcome<PoolBlueprint> draw(
            WorkerPool pool, JenkinsBinding jenkins, String source, List<Offering> ladder, @Nullable String template) {
        WorkerPoolSpec spec = pool.getSpec();
        return Outcome.done(new SpecBlueprint(
                Names.of(pool),
                source,
                spec,
                jenkins,
                template,
                ladder,
                hostNeeds(spec),
                hash(spec, template),
                templates));
    }

    private Outcome<List<Offering>> ladder(WorkerPool pool) {
        List<Offering> ladder = new ArrayList<>();
        for (Placement placement : pool.getSpec().placements()) {
            AzurePlacement azure = placement.azure();
            HostPlacement hosts = placement.hosts();
            String field = "spec.placements[" + placement.name() + "]";
            if (hosts != null) {
                ladder.add(HostOfferings.ofPlacement(
                        placement.name(), pool.getMetadata().getNamespace(), hosts, need(hosts, pool.getSpec())));
                continue;
            }
            if (azure == null) {
                return invalid(field, "no kind of machine is set: set azure or hosts");
            }
            String account = Names.of(pool, azure.subscriptionRef());
            if (subscriptions.find(account).isEmpty()) {
                return invalid(
                        field + ".azure.subscriptionRef",
                        "there is no AzureSubscription " + account + ": create it, or correct the name");
            }
            switch (offerings.ladder(
                    placement.name(), account, azure, pool.getSpec().machine())) {
                case Outcome.Done<List<Offering>> done -> ladder.addAll(done.value());
                case Outcome.Failed<List<Offering>> failed -> {
                    return invalid(field + ".azure", failed.error().message());
                }
            }
        }
        return Outcome.done(List.copyOf(ladder));
    }

    private static HostNeed need(HostPlacement hosts, WorkerPoolSpec spec) {
        return HostNeed.of(hosts, spec.machine(), spec.trustZone());
    }

    private static Map<String, HostNeed> hostNeeds(WorkerPoolSpec spec) {
        Map<String, HostNeed> needs = new HashMap<>();
        for (Placement placement : spec.placements()) {
            if (placement.hosts() != null) {
                needs.put(placement.name(), need(placement.hosts(), spec));
            }
        }
        return Map.copyOf(needs);
    }

    /** The user's own template, checked; empty for the built-in one. */
    private Outcome<Optional<String>> template(WorkerPool pool, Runnable onReferenceChange) {
        Bootstrap bootstrap = pool.getSpec().bootstrap();
        TemplateReference reference = bootstrap.templateRef();
        if (reference == null) {
            return Outcome.done(Optional.empty());
        }
        return references
                .value(
                        pool.getMetadata().getNamespace(),
                        "spec.bootstrap.templateRef",
                        reference.name(),
                        reference.key(),
                        onReferenceChange)
                .then(template -> templates
                        .check(SpecBlueprint.format(bootstrap), template, bootstrap.values())
                        .map(checked -> Optional.of(template)));
    }

    /** What a worker is made of. Where it may run and how many there are is no part of it. */
    private static String hash(WorkerPoolSpec spec, @Nullable String template) {
        List<Object> parts = new ArrayList<>();
        parts.add(spec.ci());
        parts.add(spec.machine());
        parts.add(spec.bootstrap());
        parts.add(template == null ? "" : template);
        for (Placement placement : spec.placements()) {
            if (placement.azure() != null) {
                parts.add(Map.of(placement.name(), makeOf(placement.azure())));
            }
            if (placement.hosts() != null) {
                parts.add(Map.of(placement.name(), makeOf(placement.hosts())));
            }
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(ORDERED.valueToTree(parts).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The part of a placement that a worker is made of. */
    private static JsonNode makeOf(Object placement) {
        ObjectNode all = ORDERED.valueToTree(placement);
        return all.without(WHERE_IT_RUNS);
    }

    private static <T> Outcome<T> invalid(String field, String message) {
        return Outcome.failed(new PortError.Invalid(field, field + ": " + message));
    }
}
