package dev.shedmaster.kube.machine;

import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineProvider;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.Map;
import java.util.Set;

/** A provider that tells whoever asks it that nobody should; a test overrides what it is about. */
public class QuietProvider implements MachineProvider {
    @Override
    public Outcome<AcceptedMachine> create(MachineOrder order) {
        return unasked();
    }

    @Override
    public Outcome<Map<String, MachineState>> observe(Map<String, String> followed) {
        return unasked();
    }

    @Override
    public Outcome<MachineState> inspect(String machine) {
        return unasked();
    }

    @Override
    public Outcome<Nothing> delete(String machine) {
        return unasked();
    }

    @Override
    public Outcome<Set<Leftover>> leftovers(Set<String> known) {
        return unasked();
    }

    @Override
    public Outcome<Nothing> collect(Leftover leftover) {
        return unasked();
    }

    @Override
    public Outcome<Nothing> verify() {
        return unasked();
    }

    @Override
    public Outcome<Nothing> quotas() {
        return unasked();
    }

    @Override
    public void close() {}

    private static <T> Outcome<T> unasked() {
        return Outcome.failed(new PortError.Transient("nobody should ask"));
    }
}
