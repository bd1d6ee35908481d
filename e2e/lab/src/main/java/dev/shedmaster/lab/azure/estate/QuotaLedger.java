package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.catalog.VmSize;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ErrorPlace;
import dev.shedmaster.lab.azure.fault.KnownError;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who uses how much of the quota. A machine counts from the call that creates it until it is gone, whether it runs, has failed or is deallocated.
 * On-demand machines count for their family and for the region; spot machines only for the region's spot cores. Guarded by the estate's lock.
 */
public final class QuotaLedger {
    private static final class Usage {
        int regional;
        int spot;
        int machines;
        final Map<String, Integer> families = new HashMap<>();
    }

    private final Map<String, Usage> usages = new HashMap<>();
    private Quotas quotas;

    QuotaLedger(Quotas quotas) {
        this.quotas = quotas;
    }

    public Quotas quotas() {
        return quotas;
    }

    /** Takes effect for the calls that come; what exists stays. */
    public void change(Quotas others) {
        quotas = others;
    }

    /** Why the machine would not fit; empty when it does. */
    Optional<ArmError> refusal(VmPlan plan) {
        Usage usage = usage(plan.location());
        VmSize size = plan.size();
        ErrorPlace place = ErrorPlace.of(plan.id(), plan.name(), plan.location());
        if (usage.machines + 1 > quotas.machines()) {
            return Optional.of(KnownError.SUBSCRIPTION_QUOTA.in(place));
        }
        if (plan.isSpot()) {
            return over(KnownError.SPOT_QUOTA, place, quotas.spotCores(), usage.spot, size.cpus());
        }
        int inFamily = usage.families.getOrDefault(size.family(), 0);
        return over(
                        KnownError.FAMILY_QUOTA,
                        place.with("family", size.family()),
                        quotas.family(size.family()),
                        inFamily,
                        size.cpus())
                .or(() -> over(KnownError.REGIONAL_QUOTA, place, quotas.regionalCores(), usage.regional, size.cpus()));
    }

    private static Optional<ArmError> over(KnownError error, ErrorPlace place, int limit, int used, int required) {
        return used + required > limit
                ? Optional.of(error.in(place.withQuota(limit, used, required)))
                : Optional.empty();
    }

    void take(VmPlan plan) {
        count(plan, 1);
    }

    void free(VmPlan plan) {
        count(plan, -1);
    }

    private void count(VmPlan plan, int sign) {
        Usage usage = usage(plan.location());
        int cores = sign * plan.size().cpus();
        usage.machines += sign;
        if (plan.isSpot()) {
            usage.spot += cores;
        } else {
            usage.regional += cores;
            usage.families.merge(plan.size().family(), cores, Integer::sum);
        }
    }

    public int regionalCores(String location) {
        return usage(location).regional;
    }

    public int spotCores(String location) {
        return usage(location).spot;
    }

    public int machines(String location) {
        return usage(location).machines;
    }

    public int familyCores(String location, String family) {
        return usage(location).families.getOrDefault(family, 0);
    }

    private Usage usage(String location) {
        return usages.computeIfAbsent(location, _ -> new Usage());
    }
}
