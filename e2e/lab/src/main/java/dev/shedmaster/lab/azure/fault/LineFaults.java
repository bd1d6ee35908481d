package dev.shedmaster.lab.azure.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.http.LabAnswer.Reply;
import dev.shedmaster.lab.time.LabClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The faults that strike any call before it is looked at, at each of the doors: delay, reset, and a server that is broken. */
public final class LineFaults {
    private final FaultBoard faults;
    private final LabClock clock;

    public LineFaults(FaultBoard faults, LabClock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /** What the caller gets instead of an answer; empty when the call goes through. A delay is waited for. */
    public Optional<LabAnswer> strike(CallFacts facts) {
        faults.strike(FaultEffect.Delay.class, facts).ifPresent(delay -> await(delay.by()));
        if (faults.strike(FaultEffect.Reset.class, facts).isPresent()) {
            return Optional.of(new LabAnswer.Reset());
        }
        return faults.strike(FaultEffect.BrokenServer.class, facts).map(LineFaults::broken);
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
        Reply reply = fault.html() ? html(fault.status()) : json(fault.status());
        Duration retryAfter = fault.retryAfter();
        return retryAfter == null ? reply : reply.with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    private static Reply html(int status) {
        return LabAnswer.text(
                status,
                "text/html",
                "<html><head><title>" + status
                        + "</title></head><body>Our services aren't available right now</body></html>");
    }

    private static Reply json(int status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set(
                "error",
                ArmError.of(
                                status,
                                status == 503 ? "ServerBusy" : "InternalServerError",
                                "The server has encountered an internal error. Please retry the request.")
                        .json());
        return LabAnswer.json(status, body);
    }
}
