package dev.shedmaster.machine.azure;

import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the ledger's picture of the subscription's quotas current. What cannot be read bars nothing. */
final class UsageReading {
    private static final Duration EVERY = Duration.ofMinutes(10);

    /** Before a quota bars a machine it is read anew, unless it was just read. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final ArmClient arm;
    private final AzureAccount account;
    private final QuotaLedger ledger;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private Instant triedAt = Instant.MIN;
    private volatile Outcome<Nothing> newest = Outcome.failed(new PortError.Transient("quotas were not read yet"));

    UsageReading(ArmClient arm, AzureAccount account, QuotaLedger ledger, InstantSource clock) {
        this.arm = arm;
        this.account = account;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** How the newest attempt went. */
    Outcome<Nothing> newest() {
        return newest;
    }

    void refreshIfOld() {
        refreshUnlessTriedWithin(EVERY);
    }

    void refreshUnlessFresh() {
        refreshUnlessTriedWithin(FRESH);
    }

    void refresh() {
        refreshUnlessTriedWithin(Duration.ZERO);
    }

    private void refreshUnlessTriedWithin(Duration time) {
        reading.lock();
        try {
            Instant now = clock.instant();
            if (triedAt.equals(Instant.MIN) || !now.isBefore(triedAt.plus(time))) {
                triedAt = now;
                read(now);
            }
        } finally {
            reading.unlock();
        }
    }

    /** @param began the answer may be older than its arrival, but not than this */
    private void read(Instant began) {
        ArmClient.Call call = ArmClient.Call.get(
                "list-usages",
                RequestKind.READ_OTHER,
                Urgency.READ,
                arm.url(
                        account.computePath() + "/locations/" + account.location() + "/usages",
                        AzureResource.MACHINE.apiVersion()));
        newest = arm.readAll(call, Optional::of).map(list -> {
            ledger.read(Usages.of(list, began));
            return Nothing.NOTHING;
        });
    }
}
