package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.AzureSubscriptionSpec;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.KnownSecret;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.kube.status.StatusStore;
import dev.shedmaster.port.Nothing;
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
import java.util.function.Predicate;

/** Connects to an Azure subscription, and tells in its status how that goes and what is used and left behind there. */
public final class AzureSubscriptionReconciler implements Reconciler<AzureSubscription>, Cleaner<AzureSubscription> {
    /** What was wrong may have been mended at the other side, where nobody tells us. */
    private static final Duration LOOK_AT_TROUBLE = Duration.ofSeconds(30);

    private static final Duration LOOK_AT_HEALTH = Duration.ofMinutes(5);
    private static final Duration LOOK_AT_LEAVING = Duration.ofSeconds(5);

    /** Everything that a connection depends on. */
    private record Description(AzureSubscriptionSpec spec, KnownSecret secret) {}

    /** Opens the link of a subscription, with the feed that reads it. */
    public interface Linking {
        MachineLink link(AzureSubscription subscription, Map<String, String> secret);
    }

    private final Linking linking;
    private final Connections<MachineLink> links;
    private final ReferencedObjects references;
    private final AzureSubscriptionStatuses statuses;
    private final FleetMemory memory;
    private final KnownObjects<AzureSubscription> subscriptions;
    private final Predicate<String> inUse;
    private final InstantSource clock;

    /**
     * Reconciles subscriptions.
     *
     * @param inUse whether workers still have machines in the subscription of that name
     */
    public AzureSubscriptionReconciler(
            Linking linking,
            Connections<MachineLink> links,
            ReferencedObjects references,
            AzureSubscriptionStatuses statuses,
            FleetMemory memory,
            KnownObjects<AzureSubscription> subscriptions,
            Predicate<String> inUse,
            InstantSource clock) {
        this.linking = linking;
        this.links = links;
        this.references = references;
        this.statuses = statuses;
        this.memory = memory;
        this.subscriptions = subscriptions;
        this.inUse = inUse;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, AzureSubscription>> prepareEventSources(EventSourceContext<AzureSubscription> context) {
        return subscriptions.eventSources(context);
    }

    @Override
    public UpdateControl<AzureSubscription> reconcile(
            AzureSubscription subscription, Context<AzureSubscription> context) {
        Outcome<MachineLink> link = connect(subscription);
        if (ReferencedObjects.isSecretMissing(link)) {
            links.dropAfter(Names.of(subscription), ReferencedObjects.SECRET_MAY_BE_MISSING, clock.instant());
        }
        if (link instanceof Outcome.Failed<MachineLink>(PortError error)
                && !(error instanceof PortError.Transient)
                && links.find(Names.of(subscription)).isEmpty()) {
            memory.closed(Names.of(subscription), error.message());
        }
        Outcome<Nothing> verified = link.then(MachineLink::verify);
        StatusStore.writeIfChanged(
                subscription, statuses.tell(subscription, link, verified, link.then(MachineLink::quotas)), context);
        subscriptions.lookAgain(subscription, verified instanceof Outcome.Done ? LOOK_AT_HEALTH : LOOK_AT_TROUBLE);
        return UpdateControl.noUpdate();
    }

    /** Workers need the credentials for as long as they have machines there. */
    @Override
    public DeleteControl cleanup(AzureSubscription subscription, Context<AzureSubscription> context) {
        connect(subscription);
        memory.leaves(Names.of(subscription));
        if (inUse.test(Names.of(subscription))) {
            StatusStore.writeIfChanged(subscription, statuses.tellLeaving(subscription), context);
            subscriptions.lookAgain(subscription, LOOK_AT_LEAVING);
            return DeleteControl.noFinalizerRemoval();
        }
        subscriptions.noLonger(subscription);
        links.drop(Names.of(subscription));
        memory.gone(Names.of(subscription));
        return DeleteControl.defaultDelete();
    }

    private Outcome<MachineLink> connect(AzureSubscription subscription) {
        return secret(subscription).then(secret -> open(subscription, secret));
    }

    private Outcome<KnownSecret> secret(AzureSubscription subscription) {
        if (subscription.getSpec().auth().clientSecret() == null) {
            return Outcome.done(KnownSecret.NONE);
        }
        return references.secret(
                subscription.getMetadata().getNamespace(),
                subscription.getSpec().auth().clientSecret().secretRef().name(),
                subscriptions.waking(Names.of(subscription)));
    }

    private Outcome<MachineLink> open(AzureSubscription subscription, KnownSecret secret) {
        try {
            return Outcome.done(links.ensure(
                    Names.of(subscription),
                    new Description(subscription.getSpec(), secret),
                    () -> linking.link(subscription, secret.values())));
        } catch (IllegalArgumentException e) {
            return Outcome.failed(new PortError.Invalid("spec", String.valueOf(e.getMessage())));
        }
    }
}
