package dev.shedmaster.kube.ci;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConfigMapKeyReference;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerSpec;
import dev.shedmaster.api.v1alpha1.JenkinsServerStatus;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.KnownSecret;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.kube.status.StatusStore;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Connects to a Jenkins server, and tells in its status how that goes and what waits there for nobody. */
public final class JenkinsServerReconciler implements Reconciler<JenkinsServer>, Cleaner<JenkinsServer> {
    /** What was wrong may have been mended at the other side, where nobody tells us. */
    private static final Duration LOOK_AT_TROUBLE = Duration.ofSeconds(15);

    private static final Duration LOOK_AT_HEALTH = Duration.ofMinutes(5);
    private static final Duration LOOK_AT_LEAVING = Duration.ofSeconds(5);

    /** Everything that a connection depends on. */
    private record Description(
            JenkinsServerSpec spec,
            KnownSecret secret,
            @Nullable String caBundle) {}

    /** Opens the link of a server, with the feed that reads it. */
    public interface Linking {
        CiLink link(JenkinsServer server, Map<String, String> secret, @Nullable String caBundle);
    }

    private final Linking linking;
    private final Connections<CiLink> links;
    private final Twins twins;
    private final ReferencedObjects references;
    private final JenkinsServerStatuses statuses;
    private final KnownObjects<JenkinsServer> servers;
    private final Predicate<String> inUse;
    private final InstantSource clock;

    /**
     * Reconciles servers.
     *
     * @param inUse whether workers are still registered at the server of that name
     */
    public JenkinsServerReconciler(
            Linking linking,
            Connections<CiLink> links,
            ReferencedObjects references,
            JenkinsServerStatuses statuses,
            KnownObjects<JenkinsServer> servers,
            Predicate<String> inUse,
            InstantSource clock) {
        this.linking = linking;
        this.links = links;
        this.twins = new Twins(links);
        this.references = references;
        this.statuses = statuses;
        this.servers = servers;
        this.inUse = inUse;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, JenkinsServer>> prepareEventSources(EventSourceContext<JenkinsServer> context) {
        return servers.eventSources(context);
    }

    @Override
    public UpdateControl<JenkinsServer> reconcile(JenkinsServer server, Context<JenkinsServer> context) {
        Outcome<CiLink> link = connect(server);
        if (ReferencedObjects.isSecretMissing(link)) {
            links.dropAfter(Names.of(server), ReferencedObjects.SECRET_MAY_BE_MISSING, clock.instant());
        }
        links.find(Names.of(server)).ifPresent(CiLink::stay);
        Outcome<List<MissingPermission>> missing = link.then(CiLink::verify);
        Optional<List<String>> same =
                link instanceof Outcome.Done<CiLink> done ? twins.of(Names.of(server), done.value()) : Optional.empty();
        JenkinsServerStatus told = statuses.tell(server, link, missing, same.orElse(null));
        boolean isNews = !uniqueness(told).equals(uniqueness(server.getStatus()));
        StatusStore.writeIfChanged(server, told, context);
        if (isNews) {
            same.ifPresent(others -> others.forEach(twin -> servers.waking(twin).run()));
        }
        boolean sound = missing instanceof Outcome.Done<List<MissingPermission>> verified
                && verified.value().isEmpty();
        servers.lookAgain(server, sound ? LOOK_AT_HEALTH : LOOK_AT_TROUBLE);
        return UpdateControl.noUpdate();
    }

    /**
     * Workers need the credentials for as long as they are registered there. What is open serves to the end, though who
     * deletes everything at once may have deleted the Secret before.
     */
    @Override
    public DeleteControl cleanup(JenkinsServer server, Context<JenkinsServer> context) {
        connect(server);
        links.find(Names.of(server)).ifPresent(CiLink::leave);
        if (inUse.test(Names.of(server))) {
            StatusStore.writeIfChanged(server, statuses.tellLeaving(server), context);
            servers.lookAgain(server, LOOK_AT_LEAVING);
            return DeleteControl.noFinalizerRemoval();
        }
        servers.noLonger(server);
        disconnect(server);
        links.names().forEach(other -> servers.waking(other).run()); // One may have been its twin.
        return DeleteControl.defaultDelete();
    }

    /** What is prepared there serves its twins, too: the last of them takes it away. */
    private synchronized void disconnect(JenkinsServer server) {
        String name = Names.of(server);
        links.find(name)
                .filter(link -> twins.of(name, link).orElse(List.of()).isEmpty())
                .ifPresent(CiLink::withdraw);
        links.drop(name);
    }

    private static Optional<String> uniqueness(@Nullable JenkinsServerStatus status) {
        return status == null
                ? Optional.empty()
                : Conditions.find(status.conditions(), Condition.UNIQUE).map(Condition::message);
    }

    private Outcome<CiLink> connect(JenkinsServer server) {
        String namespace = server.getMetadata().getNamespace();
        Runnable onChange = servers.waking(Names.of(server));
        return references
                .secret(namespace, server.getSpec().credentials().secretRef().name(), onChange)
                .then(secret -> caBundle(server, onChange).then(bundle -> open(server, secret, bundle.orElse(null))));
    }

    /** The certificates to trust; empty for the platform's. */
    private Outcome<Optional<String>> caBundle(JenkinsServer server, Runnable onChange) {
        if (server.getSpec().caBundle() == null) {
            return Outcome.done(Optional.empty());
        }
        ConfigMapKeyReference reference = server.getSpec().caBundle().configMapRef();
        return references
                .value(
                        server.getMetadata().getNamespace(),
                        "spec.caBundle.configMapRef",
                        reference.name(),
                        reference.key(),
                        onChange)
                .map(Optional::of);
    }

    private Outcome<CiLink> open(JenkinsServer server, KnownSecret secret, @Nullable String caBundle) {
        try {
            return Outcome.done(links.ensure(
                    Names.of(server),
                    new Description(server.getSpec(), secret, caBundle),
                    () -> linking.link(server, secret.values(), caBundle)));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            return Outcome.failed(new PortError.Invalid("spec", message));
        }
    }
}
