package dev.shedmaster.lab.azure.arm;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ErrorPlace;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.throttle.Throttles;
import java.util.Objects;

/** The faults that refuse a call to Resource Manager, or lose its answer. */
public final class ArmMishaps {
    private final FaultBoard faults;

    public ArmMishaps(FaultBoard faults) {
        this.faults = faults;
    }

    /** Refuses the call where a fault says so. */
    void refuse(CallFacts facts) {
        if (faults.strike(FaultEffect.RejectToken.class, facts).isPresent()) {
            throw ArmError.of(401, "InvalidAuthenticationToken", "The access token has been revoked.")
                    .refusal();
        }
        faults.strike(FaultEffect.Throttle.class, facts).ifPresent(throttle -> {
            throw throttled(facts.call(), throttle).refusal();
        });
        faults.strike(FaultEffect.Refuse.class, facts).ifPresent(refuse -> {
            throw refused(facts, refuse).refusal();
        });
    }

    private static ArmError throttled(AzureCall call, FaultEffect.Throttle fault) {
        return switch (fault.source()) {
            case FRONT_DOOR -> Throttles.frontDoorError(call.frontDoor(), "lab", fault.retryAfter());
            case COMPUTE ->
                Throttles.providerError(
                        call.provider().isCompute() ? call.provider() : AzureCall.ProviderBucket.PUT_VM,
                        call.provider().wireName() + "SubscriptionMaximum",
                        fault.retryAfter());
        };
    }

    private static ArmError refused(CallFacts facts, FaultEffect.Refuse fault) {
        String name = Objects.requireNonNullElse(facts.name(), "");
        ErrorPlace place = ErrorPlace.of(name, name, Objects.requireNonNullElse(facts.location(), ""))
                .with("size", facts.size())
                .with("family", "standardDDSv5Family")
                .with("zone", facts.zone())
                .withQuota(0, 0, 8);
        ArmError error = fault.error().in(place).withRetryAfter(fault.retryAfter());
        String message = fault.message();
        Integer status = fault.status();
        ArmError told = message == null ? error : error.withMessage(message);
        return status == null ? told : told.withStatus(status);
    }

    boolean losesAnswer(CallFacts facts) {
        return faults.strike(FaultEffect.LoseResponse.class, facts).isPresent();
    }
}
