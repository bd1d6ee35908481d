package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.machine.host.qemu.Accelerator;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineProvider;
import dev.shedmaster.port.MachineProviderContract;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostMachinesContractTest extends MachineProviderContract {
    private static final String NAME = "sm-pool-aaaaaaaa";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T09:00:00Z"));
    private final PretendServer server = new PretendServer(now::get);
    private final HostMachines machines =
            new HostMachines(GuestSample.HOST, GuestSample.INSTALLATION, this::known, Runnable::run, now::get);
    private @Nullable HostReport report;
    private @Nullable Instant readAt;
    private @Nullable PortError trouble;
    private @Nullable String closed;
    private boolean isReached = true;
    private boolean losesAll;

    private HostNow known() {
        return new HostNow(isReached ? server : null, report, readAt, trouble, closed, Accelerator.KVM, losesAll);
    }

    /** The host's own loop reads it. */
    @BeforeEach
    void read() {
        now.updateAndGet(before -> before.plusSeconds(1));
        readAt = now.get();
        report = server.report();
        now.updateAndGet(before -> before.plusSeconds(1));
    }

    @Override
    protected MachineProvider provider() {
        return machines;
    }

    @Override
    protected MachineOrder order(String name, String workerUid) {
        return GuestSample.container(name, workerUid);
    }

    @Override
    protected void settle() {
        read();
    }

    @Override
    protected void powerOff(String machine) {
        server.turn(machine, Phase.ENDED);
    }

    @Override
    protected void strangersMachine(String name) {
        server.put(name, new MachineOwner("elsewhere", "ci/pool", "ci/" + name, "uid-x"), Phase.RUNNING);
    }

    @Override
    protected int machines() {
        return server.units();
    }

    @Override
    protected int orphans() {
        return 0;
    }

    @Test
    void aStartIsOneCallAndALookIsNone() {
        done(machines.create(order(NAME, "uid-1")));
        done(machines.observe(Map.of()));
        settle();
        done(machines.observe(Map.of()));
        done(machines.inspect(NAME));
        done(machines.verify());
        done(machines.leftovers(Set.of()));
        assertThat(server.calls).containsExactly("start " + NAME);
    }

    private MachineState observed() {
        return Objects.requireNonNull(done(machines.observe(Map.of())).get(NAME));
    }

    /** The reading that is there began before the start, and shows nothing of it. */
    @Test
    void whatWasStartedSinceTheReadingIsThere() {
        done(machines.create(order(NAME, "uid-1")));
        assertThat(observed().phase()).isEqualTo(MachineState.Phase.CREATING);
        assertThat(done(machines.inspect(NAME)).phase()).isEqualTo(MachineState.Phase.RUNNING);
        assertThat(server.calls).containsExactly("start " + NAME, "list");
    }

    @Test
    void whatWasStoppedSinceTheReadingIsGone() {
        done(machines.create(order(NAME, "uid-1")));
        settle();
        done(machines.delete(NAME));
        assertThat(done(machines.observe(Map.of()))).isEmpty();
        settle();
        assertThat(failed(machines.inspect(NAME))).isInstanceOf(PortError.NotFound.class);
    }

    @Test
    void aStartWhoseAnswerIsLostIsFoundOut() {
        server.losesAnswers = true;
        assertThat(failed(machines.create(order(NAME, "uid-1").asFirst()))).isInstanceOf(PortError.Transient.class);
        assertThat(done(machines.inspect(NAME)).phase()).isEqualTo(MachineState.Phase.RUNNING);
        server.losesAnswers = false;
        done(machines.create(order(NAME, "uid-1")));
        assertThat(machines()).isEqualTo(1);
    }

    @Test
    void nothingOutlivesABoot() {
        done(machines.create(order(NAME, "uid-1")));
        settle();
        server.reboot();
        assertThat(done(machines.observe(Map.of()))).containsKey(NAME);
        settle();
        assertThat(done(machines.observe(Map.of()))).isEmpty();
        assertThat(failed(machines.inspect(NAME))).isInstanceOf(PortError.NotFound.class);
    }

    @Test
    void whatAHostLosesIsGoneAlthoughNobodyCanLook() {
        done(machines.create(order(NAME, "uid-1")));
        settle();
        isReached = false;
        losesAll = true;
        assertThat(done(machines.observe(Map.of()))).isEmpty();
        assertThat(failed(machines.inspect(NAME))).isInstanceOf(PortError.NotFound.class);
        done(machines.delete(NAME));
        assertThat(done(machines.leftovers(Set.of()))).isEmpty();
        assertThat(failed(machines.create(order("sm-pool-bbbbbbbb", "uid-2"))))
                .isInstanceOf(PortError.CapacityExhausted.class);
    }

    @Test
    void ofASilentHostNothingIsSaid() {
        done(machines.create(order(NAME, "uid-1")));
        settle();
        isReached = false;
        trouble = new PortError.Transient("no route to host");
        assertThat(failed(machines.observe(Map.of()))).isEqualTo(trouble);
        assertThat(failed(machines.inspect(NAME))).isInstanceOf(PortError.Transient.class);
        assertThat(failed(machines.delete(NAME))).isInstanceOf(PortError.Transient.class);
        assertThat(failed(machines.verify())).isEqualTo(trouble);
    }

    @Test
    void anOldReadingSaysNothing() {
        done(machines.create(order(NAME, "uid-1")));
        settle();
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));
        assertThat(failed(machines.observe(Map.of()))).isInstanceOf(PortError.Transient.class);
        assertThat(done(machines.inspect(NAME)).phase()).isEqualTo(MachineState.Phase.RUNNING);
        assertThat(server.calls).contains("list");
    }

    @Test
    void aHostThatTakesNobodyIsNotAskedAndPassedOver() {
        closed = "it is being drained";
        assertThat(failed(machines.create(order(NAME, "uid-1").asFirst())))
                .isInstanceOfSatisfying(PortError.CapacityExhausted.class, exhausted -> {
                    assertThat(exhausted.message()).contains("ci/rx220-1", "it is being drained");
                    assertThat(exhausted
                                    .blockage()
                                    .scope()
                                    .covers(order(NAME, "uid-1").offering()))
                            .isTrue();
                    assertThat(exhausted.blockage().until()).isAfter(now.get());
                });
        assertThat(server.calls).isEmpty();
        // One that may have been started before must not be given up because of that.
        done(machines.create(order(NAME, "uid-1")));
    }

    @Test
    void aHostThatIsNotReachedMayHaveStartedItBefore() {
        isReached = false;
        assertThat(failed(machines.create(order(NAME, "uid-1")))).isInstanceOf(PortError.Transient.class);
        assertThat(failed(machines.create(order(NAME, "uid-1").asFirst())))
                .isInstanceOf(PortError.CapacityExhausted.class);
    }

    @Test
    void whatTheHostLacksIsToldWithItsName() {
        server.refusal = new PortError.Invalid("host", "the host has no image worker-jenkins");
        assertThat(failed(machines.create(order(NAME, "uid-1"))))
                .isEqualTo(new PortError.Invalid(
                        "hosts", "host ci/rx220-1 cannot run it: the host has no image worker-jenkins"));
        server.refusal = new PortError.Invalid("hostKeys", "it has another key");
        assertThat(failed(machines.create(order(NAME, "uid-1")))).isInstanceOf(PortError.Unauthorized.class);
        server.refusal = new PortError.NotFound("no program yet");
        assertThat(failed(machines.create(order(NAME, "uid-1")))).isInstanceOf(PortError.Transient.class);
    }

    @Test
    void aStopThatFailedIsToldAndTriedAgain() {
        done(machines.create(order(NAME, "uid-1")));
        settle();
        server.refusal = new PortError.Transient("busy");
        done(machines.delete(NAME));
        assertThat(observed().phase()).isEqualTo(MachineState.Phase.RUNNING);
        server.refusal = null;
        assertThat(failed(machines.delete(NAME))).isEqualTo(new PortError.Transient("busy"));
        assertThat(machines()).isZero();
    }

    @Test
    void aStartThatWasCutOffIsAskedForAgain() {
        done(machines.create(order(NAME, "uid-1")));
        server.turn(NAME, Phase.CUT_OFF);
        settle();
        assertThat(observed().phase()).isEqualTo(MachineState.Phase.FAILED);
    }

    @Test
    void leftoversOfOtherNamespacesAreOthersToLookAfter() {
        server.put(
                NAME,
                new MachineOwner(GuestSample.INSTALLATION, "other/pool", "other/" + NAME, "uid-1"),
                Phase.RUNNING);
        settle();
        assertThat(done(machines.leftovers(Set.of()))).isEmpty();
    }

    @Test
    void aLeftoverThatHasBecomeAnothersStays() {
        done(machines.create(order(NAME, "uid-1")));
        settle();
        Leftover other = new Leftover(GuestSample.HOST + "/" + NAME, "unit", NAME, "ci/sm-pool-cccccccc");
        assertThat(failed(machines.collect(other))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(machines()).isEqualTo(1);
    }
}
