package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.HetznerAccountSpec;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.KnownSecret;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.kube.status.StatusStore;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.DedicatedServers.DedicatedServer;
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
import org.jspecify.annotations.Nullable;

/**
 * Connects to a Hetzner account, and tells in its status how that goes. A login that Robot has refused is in the status too, so
 * that no restart of the operator shows it to Robot again: three bad logins block the address.
 */
public final class HetznerAccountReconciler implements Reconciler<HetznerAccount>, Cleaner<HetznerAccount> {
    /** What was wrong may have been mended at the other side; each look costs a request of a few hundred an hour. */
    private static final Duration LOOK_AT_TROUBLE = Duration.ofMinutes(1);

    private static final Duration LOOK_AT_HEALTH = Duration.ofMinutes(5);
    private static final Duration LOOK_AT_LEAVING = Duration.ofSeconds(5);

    /** Everything that a connection depends on. */
    private record Description(HetznerAccountSpec spec, KnownSecret secret) {}

    /** Opens the connection to an account, for a login that Robot has not refused so far or has. */
    public interface Linking {
        DedicatedServers link(
                HetznerAccount account, Map<String, String> secret, PortError.@Nullable Unauthorized refused);
    }

    private final Linking linking;
    private final Connections<DedicatedServers> robots;
    private final AccountKeys keys;
    private final ReferencedObjects references;
    private final HetznerAccountStatuses statuses;
    private final KnownObjects<HetznerAccount> accounts;
    private final Predicate<String> inUse;
    private final InstantSource clock;

    /**
     * Reconciles accounts.
     *
     * @param inUse whether hosts still belong to the account of that name
     */
    public HetznerAccountReconciler(
            Linking linking,
            Connections<DedicatedServers> robots,
            AccountKeys keys,
            ReferencedObjects references,
            HetznerAccountStatuses statuses,
            KnownObjects<HetznerAccount> accounts,
            Predicate<String> inUse,
            InstantSource clock) {
        this.linking = linking;
        this.robots = robots;
        this.keys = keys;
        this.references = references;
        this.statuses = statuses;
        this.accounts = accounts;
        this.inUse = inUse;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, HetznerAccount>> prepareEventSources(EventSourceContext<HetznerAccount> context) {
        return accounts.eventSources(context);
    }

    @Override
    public UpdateControl<HetznerAccount> reconcile(HetznerAccount account, Context<HetznerAccount> context) {
        Outcome<KnownSecret> login = login(account);
        Outcome<DedicatedServers> robot = login.then(secret -> open(account, secret));
        if (ReferencedObjects.isSecretMissing(robot)) {
            robots.dropAfter(Names.of(account), ReferencedObjects.SECRET_MAY_BE_MISSING, clock.instant());
        }
        Outcome<AccountKey> key = key(account);
        Outcome<List<DedicatedServer>> servers = robot.then(DedicatedServers::servers);
        StatusStore.writeIfChanged(
                account, statuses.tell(account, robot, servers, key, refusedLogin(account, login, servers)), context);
        boolean sound = servers instanceof Outcome.Done && key instanceof Outcome.Done;
        accounts.lookAgain(account, sound ? LOOK_AT_HEALTH : LOOK_AT_TROUBLE);
        return UpdateControl.noUpdate();
    }

    /** Hosts need the credentials for as long as they belong to the account. */
    @Override
    public DeleteControl cleanup(HetznerAccount account, Context<HetznerAccount> context) {
        login(account).then(secret -> open(account, secret));
        key(account);
        if (inUse.test(Names.of(account))) {
            StatusStore.writeIfChanged(account, statuses.tellLeaving(account), context);
            accounts.lookAgain(account, LOOK_AT_LEAVING);
            return DeleteControl.noFinalizerRemoval();
        }
        accounts.noLonger(account);
        robots.drop(Names.of(account));
        keys.drop(Names.of(account));
        return DeleteControl.defaultDelete();
    }

    private Outcome<KnownSecret> login(HetznerAccount account) {
        return secret(account, account.getSpec().credentials().secretRef().name());
    }

    private Outcome<KnownSecret> secret(HetznerAccount account, String secret) {
        return references.secret(account.getMetadata().getNamespace(), secret, accounts.waking(Names.of(account)));
    }

    private Outcome<DedicatedServers> open(HetznerAccount account, KnownSecret secret) {
        try {
            return Outcome.done(robots.ensure(
                    Names.of(account),
                    new Description(account.getSpec(), secret),
                    () -> linking.link(account, secret.values(), refusedBefore(account, secret))));
        } catch (IllegalArgumentException e) {
            return Outcome.failed(new PortError.Invalid("spec", String.valueOf(e.getMessage())));
        }
    }

    /** A key that was usable stays so while its Secret cannot be read: hosts go on. */
    private Outcome<AccountKey> key(HetznerAccount account) {
        String name = account.getSpec().sshKey().secretRef().name();
        Outcome<AccountKey> key = secret(account, name).then(secret -> AccountKey.of(name, secret.values()));
        if (key instanceof Outcome.Done<AccountKey>(AccountKey usable)) {
            keys.put(Names.of(account), usable);
        }
        return key;
    }

    private static PortError.@Nullable Unauthorized refusedBefore(HetznerAccount account, KnownSecret secret) {
        if (account.getStatus() == null
                || !shown(account, secret).equals(account.getStatus().refusedLogin())) {
            return null;
        }
        return Conditions.find(account.getStatus().conditions(), Condition.CREDENTIALS_VALID)
                .map(told -> new PortError.Unauthorized(told.message()))
                .orElse(null);
    }

    /** The login that is not to be shown again. Where nothing new is known of it, it stays what it was. */
    private static @Nullable String refusedLogin(
            HetznerAccount account, Outcome<KnownSecret> login, Outcome<List<DedicatedServer>> servers) {
        if (!(login instanceof Outcome.Done<KnownSecret>(KnownSecret secret))) {
            return account.getStatus() == null ? null : account.getStatus().refusedLogin();
        }
        return servers instanceof Outcome.Failed<List<DedicatedServer>>(PortError.Unauthorized refused)
                        && !refused.lacksPermission()
                ? shown(account, secret)
                : null;
    }

    /** What was shown to whom. */
    private static String shown(HetznerAccount account, KnownSecret secret) {
        HetznerAccountSpec spec = account.getSpec();
        return "Secret " + spec.credentials().secretRef().name() + " at version " + secret.version() + ", shown to "
                + spec.endpoint();
    }
}
