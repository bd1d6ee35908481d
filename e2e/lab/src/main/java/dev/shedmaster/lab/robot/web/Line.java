package dev.shedmaster.lab.robot.web;

import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.call.RequestLimit;
import dev.shedmaster.lab.robot.call.RobotCall;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call to Robot and back, on which it may be struck.
 *
 * @param server the number of the one that it concerns; null if none
 */
record Line(Account account, RobotCall call, @Nullable Integer server) {

    boolean strikes(FaultKind kind) {
        return account.faults().strike(kind, call, server).isPresent();
    }

    /** What the caller gets instead of Robot's answer; empty when the call goes through. Slowness is waited for. */
    Optional<LabAnswer> broken() {
        account.faults().strike(FaultKind.SLOW, call, server).ifPresent(slow -> await(slow.by()));
        if (strikes(FaultKind.MAINTENANCE)) {
            return Optional.of(RobotFrontDoor.page(503, "Service Unavailable"));
        }
        if (strikes(FaultKind.FORBIDDEN_PAGE)) {
            return Optional.of(RobotFrontDoor.page(403, "Forbidden"));
        }
        Optional<Fault> limited = account.faults().strike(FaultKind.RATE_LIMITED, call, server);
        if (limited.isPresent()) {
            return limited.map(fault -> rateLimited(told(fault)).answer());
        }
        return strikes(FaultKind.FAILED)
                ? Optional.of(RobotRefusal.of(500, call.failure(), "the request could not be carried out")
                        .answer())
                : Optional.empty();
    }

    private RequestLimit told(Fault fault) {
        return fault.by().isPositive() ? new RequestLimit(call.limit().requests(), fault.by()) : call.limit();
    }

    RobotRefusal rateLimited(RequestLimit limit) {
        return RobotRefusal.rateLimited(
                limit.requests(),
                account.clock().clientSeconds(limit.window()),
                strikes(FaultKind.PLURAL_MAX_REQUESTS));
    }

    private void await(Duration labTime) {
        CountDownLatch over = new CountDownLatch(1);
        account.clock().schedule(labTime, over::countDown);
        try {
            over.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
