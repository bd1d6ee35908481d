package dev.shedmaster.kube.ci;

import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.CiSystem;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.List;
import java.util.function.Supplier;

/**
 * A CI system that shows what a test says; whoever asks more of it is told that nobody should. A test that is about more
 * overrides that.
 */
public class QuietCi implements CiSystem {
    private final Supplier<Outcome<CiSnapshot>> readings;

    public QuietCi(Supplier<Outcome<CiSnapshot>> readings) {
        this.readings = readings;
    }

    @Override
    public Outcome<CiSnapshot> observe() {
        return readings.get();
    }

    @Override
    public Outcome<List<MissingPermission>> verify() {
        return Outcome.done(List.of());
    }

    @Override
    public Outcome<AgentCredentials> enrol(AgentOrder order) {
        return unasked();
    }

    @Override
    public Outcome<AgentState> inspect(String agent) {
        return unasked();
    }

    @Override
    public Outcome<Nothing> stopAccepting(String agent, String reason) {
        return unasked();
    }

    @Override
    public Outcome<Nothing> acceptAgain(String agent) {
        return unasked();
    }

    @Override
    public Outcome<Nothing> remove(String agent) {
        return unasked();
    }

    @Override
    public void close() {}

    private static <T> Outcome<T> unasked() {
        return Outcome.failed(new PortError.Transient("nobody should ask"));
    }
}
