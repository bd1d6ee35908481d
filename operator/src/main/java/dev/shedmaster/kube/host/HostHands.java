package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.Kvm;
import dev.shedmaster.core.host.Disk;
import dev.shedmaster.core.host.DiskPlan;
import dev.shedmaster.core.host.Hardware;
import dev.shedmaster.core.host.HostAnswer;
import dev.shedmaster.core.host.HostEffect;
import dev.shedmaster.core.host.Reboot;
import dev.shedmaster.core.host.Rung;
import dev.shedmaster.core.host.Trouble;
import dev.shedmaster.core.host.TroubleKind;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.DedicatedServers.ResetType;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostDriver.HostProbe;
import dev.shedmaster.port.Installation;
import dev.shedmaster.port.Installation.Image;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.port.RescueSystem;
import dev.shedmaster.port.RescueSystem.Progress;
import dev.shedmaster.ssh.HostKeyFingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Does what the rule of a host's life asks for, and says how it went. */
final class HostHands {
    /** A credential that is refused is mended by a person. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    private static final String KVM = "kvm";
    private static final String CLOCK = "clock";

    private final HostWishes wishes;
    private final Function<BareMetalHost, Outcome<Image>> images;
    private final Function<String, ProbePeer> peers;
    private final Predicate<BareMetalHost> isLastOfAccount;

    /**
     * Hands for all hosts.
     *
     * @param images what is installed on a host; {@code Invalid} names the field that says nothing of use
     * @param peers whom the workers of a namespace have to reach
     * @param isLastOfAccount whether no other host of its account is left
     */
    HostHands(
            HostWishes wishes,
            Function<BareMetalHost, Outcome<Image>> images,
            Function<String, ProbePeer> peers,
            Predicate<BareMetalHost> isLastOfAccount) {
        this.wishes = wishes;
        this.images = images;
        this.peers = peers;
        this.isLastOfAccount = isLastOfAccount;
    }

    /** What was done, and what was learned by it beside the answer. */
    record Done(HostAnswer answer, Optional<Hardware> hardware, Optional<Boolean> hasKvm) {
        static Done of(HostAnswer answer) {
            return new Done(answer, Optional.empty(), Optional.empty());
        }
    }

    /** Performs one effect. */
    Done perform(BareMetalHost host, HostReach reach, HostEffect effect) {
        return switch (effect) {
            case HostEffect.Claim c ->
                Done.of(done(landlord(reach, servers -> servers.rename(reach.number(), wishes.owner(host)))));
            case HostEffect.EnsureKey e ->
                Done.of(done(landlord(reach, servers -> key(reach).then(key -> ensureKey(servers, key)))));
            case HostEffect.ArmRescue a ->
                Done.of(done(landlord(
                        reach,
                        servers -> key(reach)
                                .then(key -> servers.armRescue(
                                        reach.number(), List.of(key.publicKey().fingerprint()))))));
            case HostEffect.DisarmRescue d ->
                Done.of(done(landlord(reach, servers -> servers.disarmRescue(reach.number()))));
            case HostEffect.RebootNow(Reboot reboot) -> Done.of(reboot(reach, reboot));
            case HostEffect.Inspect i -> looked(host, rescue(reach, RescueSystem::inspect));
            case HostEffect.LookAtDisks l -> looked(host, rescue(reach, RescueSystem::examine));
            case HostEffect.Install(String generation, DiskPlan disks) ->
                Done.of(install(host, reach, generation, disks));
            case HostEffect.CollectHostKeys c -> Done.of(hostKeys(rescue(reach, RescueSystem::hostKeys)));
            case HostEffect.Probe p -> probe(host, reach);
            case HostEffect.Wipe w -> Done.of(progress(rescue(reach, RescueSystem::wipe)));
            case HostEffect.Release r -> Done.of(release(host, reach));
            case HostEffect.Forget f -> Done.of(new HostAnswer.Done());
        };
    }

    private Outcome<Nothing> ensureKey(DedicatedServers servers, AccountKey key) {
        return servers.ensureKey("shedmaster", key.publicKey().line()).map(fingerprint -> Nothing.NOTHING);
    }

    /** What is certainly not done is said to be so; of all else the server itself tells. */
    private static HostAnswer reboot(HostReach reach, Reboot reboot) {
        if (reboot.by() == Rung.SHELL) {
            Outcome<Nothing> asked = access(reach).then(access -> access.door().reboot(reboot.bootBefore()));
            return asked instanceof Outcome.Done
                    ? new HostAnswer.Done()
                    : new HostAnswer.Unsure(
                            ((Outcome.Failed<Nothing>) asked).error().message());
        }
        return done(landlord(reach, servers -> servers.reset(reach.number(), resetType(reboot.by()))));
    }

    private static ResetType resetType(Rung rung) {
        return switch (rung) {
            case SOFTWARE -> ResetType.SOFTWARE;
            case POWER -> ResetType.POWER;
            case HARDWARE, SHELL -> ResetType.HARDWARE;
        };
    }

    private static Done looked(BareMetalHost host, Outcome<RescueSystem.RescueReport> report) {
        return switch (report) {
            case Outcome.Done<RescueSystem.RescueReport>(RescueSystem.RescueReport read) -> {
                Hardware hardware = withoutMarks(HostWishes.takenOverFrom(host), read.hardware());
                yield new Done(new HostAnswer.Looked(hardware), Optional.of(hardware), Optional.empty());
            }
            case Outcome.Failed<RescueSystem.RescueReport>(PortError error) -> Done.of(notDone(error));
        };
    }

    /** Whose marks a person has overruled, has none here. */
    private static Hardware withoutMarks(String owner, Hardware hardware) {
        return new Hardware(
                hardware.architecture(),
                hardware.cpus(),
                hardware.memoryBytes(),
                hardware.disks().stream()
                        .map(disk -> owner.isEmpty() || !disk.owner().equals(owner)
                                ? disk
                                : new Disk(disk.device(), disk.wwn(), disk.serial(), disk.bytes(), "", disk.failings()))
                        .toList());
    }

    private HostAnswer install(BareMetalHost host, HostReach reach, String generation, DiskPlan disks) {
        return switch (images.apply(host)) {
            case Outcome.Failed<Image>(PortError.Invalid unusable) ->
                new HostAnswer.Failed(new Trouble(TroubleKind.IMAGE_UNUSABLE, unusable.message()));
            case Outcome.Failed<Image>(PortError error) ->
                new HostAnswer.Failed(new Trouble(TroubleKind.IMAGE_UNREACHABLE, error.message()));
            case Outcome.Done<Image>(Image image) ->
                progress(key(reach)
                        .then(key -> rescue(
                                reach,
                                rescue -> rescue.install(new Installation(
                                        wishes.owner(host),
                                        generation,
                                        host.getMetadata().getName(),
                                        image,
                                        disks.root(),
                                        disks.scratch(),
                                        key.publicKey().line())))));
        };
    }

    private static HostAnswer hostKeys(Outcome<List<String>> keys) {
        return switch (keys) {
            case Outcome.Done<List<String>>(List<String> lines) ->
                new HostAnswer.HostKeys(
                        lines.stream().map(HostKeyFingerprint::of).collect(Collectors.toUnmodifiableSet()));
            case Outcome.Failed<List<String>>(PortError error) -> notDone(error);
        };
    }

    private Done probe(BareMetalHost host, HostReach reach) {
        ProbePeer peer = peers.apply(host.getMetadata().getNamespace());
        Outcome<List<HostProbe>> probed = access(reach)
                .map(HostAccess::driver)
                .then(driver -> driver.install().then(installed -> driver.probe(peer.host(), peer.port())));
        return switch (probed) {
            case Outcome.Failed<List<HostProbe>>(PortError error) -> Done.of(notProbed(error));
            case Outcome.Done<List<HostProbe>>(List<HostProbe> probes) -> probed(host, reach, probes);
        };
    }

    private static Done probed(BareMetalHost host, HostReach reach, List<HostProbe> probes) {
        boolean hasKvm = probes.stream().anyMatch(probe -> probe.name().equals(KVM) && probe.succeeded());
        boolean needsKvm = host.getSpec().hardware().kvm() == Kvm.REQUIRED;
        List<String> failures = new ArrayList<>(probes.stream()
                .filter(probe -> !probe.succeeded() && !isBearable(probe, needsKvm))
                .map(probe -> probe.name() + ": " + probe.detail())
                .toList());
        Outcome<List<String>> seen = access(reach)
                .map(HostAccess::driver)
                .then(HostDriver::list)
                .map(report -> HostHealth.failings(host.getSpec(), report));
        switch (seen) {
            case Outcome.Done<List<String>>(List<String> failings) -> failures.addAll(failings);
            case Outcome.Failed<List<String>>(PortError error) -> failures.add(error.message());
        }
        List<String> hardware = reach.link().examine().checkup().stopping();
        return new Done(new HostAnswer.Probed(failures, hardware), Optional.empty(), Optional.of(hasKvm));
    }

    /** A clock that nobody synchronises is told of once it is wrong ({@link HostHealth}): it may be right for weeks. */
    private static boolean isBearable(HostProbe probe, boolean needsKvm) {
        return probe.name().equals(CLOCK) || (probe.name().equals(KVM) && !needsKvm);
    }

    /** A system in which our program cannot be put or run cannot be worked with, whatever it answers to. */
    private static HostAnswer notProbed(PortError error) {
        return error instanceof PortError.Transient
                ? new HostAnswer.Unsure(error.message())
                : new HostAnswer.Probed(List.of(error.message()), List.of());
    }

    /** A name that is nobody's mark: Robot takes no empty one. */
    private HostAnswer release(BareMetalHost host, HostReach reach) {
        return done(landlord(
                reach,
                servers -> servers.rename(reach.number(), "server-" + reach.number())
                        .then(renamed -> isLastOfAccount.test(host)
                                ? key(reach)
                                        .then(key -> servers.removeKey(
                                                key.publicKey().fingerprint()))
                                : Outcome.done(Nothing.NOTHING))));
    }

    private static <T> Outcome<T> landlord(HostReach reach, Function<DedicatedServers, Outcome<T>> call) {
        return reach.landlord() == null
                ? Outcome.failed(
                        new PortError.Invalid("spec.robot", "spec.robot is not set: nobody can be asked for it"))
                : reach.landlord().then(call);
    }

    private static <T> Outcome<T> rescue(HostReach reach, Function<RescueSystem, Outcome<T>> call) {
        return access(reach).map(HostAccess::rescue).then(call);
    }

    private static Outcome<AccountKey> key(HostReach reach) {
        return reach.key();
    }

    private static Outcome<HostAccess> access(HostReach reach) {
        HostAccess open = reach.link().access();
        return open == null
                ? Outcome.failed(new PortError.Transient("there is no connection to it"))
                : Outcome.done(open);
    }

    private static HostAnswer done(Outcome<Nothing> outcome) {
        return outcome instanceof Outcome.Failed<Nothing>(PortError error) ? notDone(error) : new HostAnswer.Done();
    }

    private static HostAnswer progress(Outcome<Progress> outcome) {
        return switch (outcome) {
            case Outcome.Failed<Progress>(PortError error) -> notDone(error);
            case Outcome.Done<Progress>(Progress.Going(String step)) -> new HostAnswer.GoesOn(step);
            case Outcome.Done<Progress>(Progress.Done d) -> new HostAnswer.Done();
            case Outcome.Done<Progress>(Progress.Failed(Trouble trouble)) -> new HostAnswer.Failed(trouble);
        };
    }

    private static HostAnswer notDone(PortError error) {
        return switch (error) {
            case PortError.Later later -> new HostAnswer.Later(later.retryAfter(), later.message());
            case PortError.Unauthorized refused -> new HostAnswer.Later(AFTER_REFUSAL, refused.message());
            case PortError.Transient lost -> new HostAnswer.Unsure(lost.message());
            case PortError.NotFound missing ->
                new HostAnswer.Failed(new Trouble(TroubleKind.INTERRUPTED, missing.message()));
            case PortError.AlreadyExists taken ->
                new HostAnswer.Failed(new Trouble(TroubleKind.FOREIGN_OWNER, taken.message()));
            case PortError.Invalid invalid ->
                new HostAnswer.Failed(new Trouble(TroubleKind.INSTALL_FAILED, invalid.message()));
            case PortError.CapacityExhausted e -> new HostAnswer.Unsure(e.message());
            case PortError.QuotaExceeded e -> new HostAnswer.Unsure(e.message());
        };
    }
}
