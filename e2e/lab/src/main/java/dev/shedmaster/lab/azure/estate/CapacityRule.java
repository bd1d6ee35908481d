package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import org.jspecify.annotations.Nullable;

/**
 * Azure has only so many hosts for the machines that the scope covers.
 *
 * @param machines how many can be allocated at once; 0: none
 * @param refusal how a machine that finds no host is refused; null for what Azure usually says: {@code SkuNotAvailable} at once for a spot
 *     machine, {@code ZonalAllocationFailed} or {@code AllocationFailed} through the operation for others
 */
public record CapacityRule(
        FaultScope scope, int machines, @Nullable KnownError refusal) {

    public static CapacityRule of(FaultScope scope, int machines) {
        return new CapacityRule(scope, machines, null);
    }

    boolean concerns(VmPlan plan) {
        return scope.covers(plan.facts(AzureCall.PUT_VM));
    }

    KnownError refusalFor(VmPlan plan) {
        if (refusal != null) {
            return refusal;
        }
        if (plan.isSpot()) {
            return KnownError.SKU_NOT_AVAILABLE;
        }
        return plan.zone() == null ? KnownError.ALLOCATION_FAILED : KnownError.ZONAL_ALLOCATION_FAILED;
    }
}
