package dev.shedmaster.lab.azure.arm;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ErrorPlace;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.http.LabAnswer;
import dev.shedmaster.lab.azure.http.LabAnswer.Reply;
import dev.shedmaster.lab.azure.throttle.Throttles;
import dev.shedmaster.lab.azure.time.LabClock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The faults that strike any call to Resource Manager, in the order in which they can. */
public final class ArmMishaps {
    private final FaultBoard faults;
    private final LabClock clock;

    public ArmMishaps(FaultBoard faults, LabClock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /** What happens before the call is looked at; a delay is waited for. */
    Optional<LabAnswer> beforeAnything(CallFacts facts) {
        faults.strike(FaultEffect.Delay.class, facts).ifPresent(delay -> await(delay.by()));
        if (faults.strike(FaultEffect.Reset.class, facts).isPresent()) {
            return Optional.of(new LabAnswer.Reset());
        }
        return faults.strike(FaultEffect.BrokenServer.class, facts).map(ArmMishaps::broken);
    }

    private void await(Duration labTime) {
        CountDownLatch over = new CountDownLatch(1);
        clock.schedule(labTime, over::countDown);
        try {
            over.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static LabAnswer broken(FaultEffect.BrokenServer fault) {
        Reply reply = fault.html()
                ? LabAnswer.text(
                        fault.status(),
                        "text/html",
                        "<html><head><title>" + fault.status()
                                + "</title></head><body>Our services aren't available right now</body></html>")
                : ArmAnswers.error(ArmError.of(
                        fault.status(),
                        fault.status() == 503 ? "ServerBusy" : "InternalServerError",
                        "The server has encountered an internal error. Please retry the request."));
        Duration retryAfter = fault.retryAfter();
        return retryAfter == null ? reply : reply.with("Retry-After", Long.toString(retryAfter.toSeconds()));
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
