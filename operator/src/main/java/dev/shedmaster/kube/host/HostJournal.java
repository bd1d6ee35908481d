package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConditionStatus;
import dev.shedmaster.core.CamelCase;
import dev.shedmaster.core.host.HostEffect;
import dev.shedmaster.core.host.HostLife;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.core.host.Reboot;
import dev.shedmaster.core.host.Step;
import dev.shedmaster.core.host.Trouble;
import dev.shedmaster.core.host.TroubleKind;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.Names;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells logs, metrics and people what a host went through. */
final class HostJournal {
    private static final Logger log = LoggerFactory.getLogger("dev.shedmaster.host");
    private static final String WATCH = "Watch";

    /** The waits that may become overdue. */
    private static Stream<HostState> waits() {
        return Stream.of(
                        Stream.of(
                                new HostState.Checking(""),
                                new HostState.Unreachable(""),
                                new HostState.Releasing(),
                                new HostState.Unfit(new Trouble(TroubleKind.KEY_REJECTED, ""), Instant.EPOCH)),
                        Arrays.stream(Step.values()).map(HostState.Provisioning::new),
                        Arrays.stream(Step.values()).map(HostState.Wiping::new))
                .flatMap(some -> some);
    }

    private final EventRecorder events;
    private final MeterRegistry meters;

    /** Of which waits it was told that they are overdue: by host, since when it waits. */
    private final Map<String, Instant> overdue = new ConcurrentHashMap<>();

    /** Each wait is counted from none on: what begins at one has not risen, for who watches. */
    HostJournal(EventRecorder events, MeterRegistry meters) {
        this.events = events;
        this.meters = meters;
        waits().map(HostJournal::place).forEach(wait -> overdue(wait).increment(0));
    }

    private Counter overdue(String wait) {
        return meters.counter("shedmaster.host.overdue", "state", wait);
    }

    /**
     * The host went from one state through others.
     *
     * @param before what was recorded before
     */
    void passed(BareMetalHost host, HostLife before, List<HostState> states, Instant now) {
        HostState last = before.state();
        for (HostState state : states) {
            String step = place(state);
            meters.counter("shedmaster.host.transitions", "to", step).increment();
            log.atInfo().addKeyValue("host", Names.of(host)).log("{}: {}", step, state.waitsFor());
            if (!state.phase().equals(last.phase()) || trouble(state) != null) {
                tell(host, state);
            }
            last = state;
        }
        if (!states.isEmpty()) {
            Timer.builder("shedmaster.host.took")
                    .description("How long hosts were in their states")
                    .tag("state", place(before.state()))
                    .register(meters)
                    .record(Duration.between(before.since(), now));
        }
    }

    void rebooted(BareMetalHost host, HostEffect effect) {
        if (effect instanceof HostEffect.RebootNow(Reboot reboot)) {
            meters.counter("shedmaster.host.reboots", "by", CamelCase.of(reboot.by()))
                    .increment();
            events.normal(
                    host, "Reboot", "Rebooting", "is rebooted by " + reboot.by().words());
        }
    }

    /** A wait that must not be given up takes longer than it should: told once, however often it is looked at. */
    void overdue(BareMetalHost host, HostLife life) {
        if (life.since().equals(overdue.put(Names.of(host), life.since()))) {
            return;
        }
        overdue(place(life.state())).increment();
        events.warning(host, WATCH, "Overdue", life.state().waitsFor());
        log.atWarn()
                .addKeyValue("host", Names.of(host))
                .log("Overdue since {}: {}", life.since(), life.state().waitsFor());
    }

    /** Its hardware has something else than before, or nothing any more. */
    void ailing(BareMetalHost host, BareMetalHostStatus before, BareMetalHostStatus now) {
        Condition was = Conditions.find(before.conditions(), Condition.HARDWARE_HEALTHY)
                .filter(condition -> condition.status() == ConditionStatus.FALSE)
                .orElse(null);
        Condition is =
                Conditions.find(now.conditions(), Condition.HARDWARE_HEALTHY).orElse(null);
        if (is == null || (was != null && was.message().equals(is.message()))) {
            return;
        }
        if (is.status() == ConditionStatus.FALSE) {
            log.atWarn().addKeyValue("host", Names.of(host)).log("{}: {}", is.reason(), is.message());
            events.warning(host, WATCH, is.reason(), is.message());
        } else if (was != null) {
            log.atInfo().addKeyValue("host", Names.of(host)).log("Hardware {}: {}", is.reason(), is.message());
            events.normal(host, WATCH, "Hardware" + is.reason(), is.message());
        }
    }

    void forgotten(BareMetalHost host) {
        overdue.remove(Names.of(host));
    }

    private void tell(BareMetalHost host, HostState state) {
        Trouble trouble = trouble(state);
        if (trouble != null) {
            events.warning(host, WATCH, trouble.kind().reason(), state.waitsFor());
        } else if (state instanceof HostState.Unreachable) {
            events.warning(host, WATCH, state.phase(), state.waitsFor());
        } else {
            events.normal(host, WATCH, state.phase(), state.waitsFor());
        }
    }

    private static @Nullable Trouble trouble(HostState state) {
        return switch (state) {
            case HostState.Unfit unfit -> unfit.trouble();
            case HostState.Failed failed -> failed.trouble();
            case HostState.Quarantined quarantined -> quarantined.trouble();
            default -> null;
        };
    }

    /** The state, with its step if it has any. */
    private static String place(HostState state) {
        return switch (state) {
            case HostState.Provisioning provisioning -> CamelCase.of(provisioning.step());
            case HostState.Wiping wiping -> "Wiping" + CamelCase.of(wiping.step());
            default -> state.phase();
        };
    }
}
