package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.HostPlacement;
import dev.shedmaster.api.v1alpha1.HostSelector;
import dev.shedmaster.api.v1alpha1.Kvm;
import dev.shedmaster.api.v1alpha1.MachineRequirements;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.Need.Supply;
import dev.shedmaster.core.slot.Shape;
import dev.shedmaster.kube.host.HostCard;
import dev.shedmaster.kube.pool.Spans;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a placement needs of hosts, before it is known which there are.
 *
 * @param shape what each worker takes
 * @param zone the pool's trust zone; null if it has none
 * @param hosts which are meant
 * @param image what each worker runs
 */
public record HostNeed(Shape shape, @Nullable String zone, HostSelector hosts, PoolImage image) {
    /** What the placement of a pool with that machine and zone needs. */
    public static HostNeed of(HostPlacement placement, MachineRequirements machine, @Nullable String zone) {
        Shape shape = new Shape(
                architecture(machine.architecture()),
                machine.cpus(),
                Spans.mebibytes(machine.memory()),
                machine.kvm() == Kvm.REQUIRED,
                switch (placement.isolation()) {
                    case VIRTUAL_MACHINE -> Set.of(Isolation.VIRTUAL_MACHINE);
                    case CONTAINER -> Set.of(Isolation.CONTAINER);
                    case ANY -> Set.of(Isolation.VIRTUAL_MACHINE, Isolation.CONTAINER);
                });
        return new HostNeed(shape, zone, placement.selector(), new PoolImage(placement.imageOrUsual()));
    }

    /** The architecture in the planner's words. */
    public static Architecture architecture(dev.shedmaster.api.v1alpha1.Architecture architecture) {
        return switch (architecture) {
            case AMD64 -> Architecture.AMD64;
            case ARM64 -> Architecture.ARM64;
        };
    }

    /** The need of a pool, with those hosts of its namespace that are meant now. */
    public Need among(Collection<HostCard> all, String pool) {
        List<HostCard> selected =
                all.stream().filter(card -> selects(pool, card)).toList();
        return new Need(pool, shape, zone, names(selected.stream()), supply(selected));
    }

    /** Whether a host is meant by a pool of that name. */
    public boolean selects(String pool, HostCard card) {
        return card.host().startsWith(pool.substring(0, pool.indexOf('/') + 1)) && hosts.matches(card.labels());
    }

    private Supply supply(List<HostCard> selected) {
        return new Supply(
                image.text(), image.isFetched(), names(selected.stream().filter(this::lacksImage)));
    }

    private static Set<String> names(Stream<HostCard> cards) {
        return cards.map(HostCard::host).collect(Collectors.toUnmodifiableSet());
    }

    /** What the host calls the image that workers there would run; empty if it runs none of them. */
    public Optional<String> imageOn(HostCard card) {
        return shape.architecture() == card.view().architecture()
                ? Optional.ofNullable(shape.isolationOn(card.view().virtualization()))
                        .map(image::nameFor)
                : Optional.empty();
    }

    private boolean lacksImage(HostCard card) {
        return imageOn(card)
                .flatMap(name -> card.images().map(there -> !there.contains(name)))
                .orElse(false);
    }
}
