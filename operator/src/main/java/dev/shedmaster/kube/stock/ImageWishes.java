package dev.shedmaster.kube.stock;

import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.kube.host.HostCard;
import dev.shedmaster.kube.pool.Blueprints;
import dev.shedmaster.kube.pool.PoolBlueprint;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What pools want on a host.
 *
 * @param isAll whether it is known of every pool: one that cannot be read whole may want what it wanted before
 */
record ImageWishes(List<ImageWish> known, boolean isAll) {
    ImageWishes {
        known = List.copyOf(known);
    }

    /** What those pools want that are there. */
    static ImageWishes of(HostCard card, KnownObjects<WorkerPool> pools, Blueprints blueprints) {
        List<ImageWish> wishes = new ArrayList<>();
        boolean isAll = true;
        for (WorkerPool pool : pools.objects().toList()) {
            String name = Names.of(pool);
            Optional<PoolBlueprint> blueprint = blueprints.find(name);
            isAll &= blueprint.isPresent();
            blueprint.stream()
                    .flatMap(drawn -> drawn.hostNeeds().values().stream())
                    .flatMap(need -> ImageWish.of(name, need, card).stream())
                    .forEach(wishes::add);
        }
        return new ImageWishes(wishes, isAll);
    }
}
