package dev.shedmaster.machine.host;

import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.core.stock.StoredImage;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.HostReport.Ending;
import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A server that keeps its units and answers as the program on a real one does, without one. */
public final class PretendServer implements HostDriver {
    private final InstantSource clock;
    private final Map<String, HostUnit> units = new TreeMap<>();
    public final List<String> calls = new ArrayList<>();
    public final List<ImageOrder> fetches = new ArrayList<>();
    public final Map<String, HostOrder> orders = new TreeMap<>();
    private final Map<String, StoredImage> images = new TreeMap<>();
    private String bootId = "boot-1";

    /** What every call is answered; null for what is so. */
    public @Nullable PortError refusal;

    /** That starts are done and their answers lost. */
    boolean losesAnswers;

    public PretendServer(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Outcome<Nothing> install() {
        return answer("install", Nothing.NOTHING);
    }

    @Override
    public Outcome<HostReport> list() {
        return answer("list", report());
    }

    public HostReport report() {
        return new HostReport(
                clock.instant(),
                bootId,
                true,
                Duration.ofHours(1),
                Duration.ZERO,
                true,
                "arm64",
                80,
                256L << 30,
                200L << 30,
                900L << 30,
                800L << 30,
                List.copyOf(units.values()),
                images.isEmpty() ? null : List.copyOf(images.values()));
    }

    @Override
    public Outcome<HardwareReport> health() {
        throw new UnsupportedOperationException("nobody who runs workers asks for it");
    }

    @Override
    public Outcome<Nothing> start(HostOrder order) {
        Outcome<Nothing> answer = answer("start " + order.name(), Nothing.NOTHING);
        if (answer instanceof Outcome.Failed) {
            return answer;
        }
        HostUnit known = units.get(order.name());
        if (known != null) {
            return order.owner().equals(known.owner())
                    ? answer
                    : Outcome.failed(new PortError.AlreadyExists("a worker of another owner is there"));
        }
        orders.put(order.name(), order);
        put(order.name(), order.owner(), Phase.RUNNING);
        return losesAnswers ? Outcome.failed(new PortError.Transient("the connection broke")) : answer;
    }

    @Override
    public Outcome<Nothing> stop(String worker) {
        Outcome<Nothing> answer = answer("stop " + worker, Nothing.NOTHING);
        if (answer instanceof Outcome.Done) {
            units.remove(worker);
        }
        return answer;
    }

    private <T> Outcome<T> answer(String call, T value) {
        calls.add(call);
        return refusal == null ? Outcome.done(value) : Outcome.failed(refusal);
    }

    void put(String name, @Nullable MachineOwner owner, Phase phase) {
        Instant now = clock.instant();
        Ending ending = phase == Phase.ENDED ? new Ending("success", "exited", "0", now) : null;
        units.put(name, new HostUnit(name, owner, phase, ending, now, null));
    }

    public void turn(String name, Phase phase) {
        HostUnit unit = units.get(name);
        put(name, unit == null ? null : unit.owner(), phase);
    }

    /** Nothing of what ran is left. */
    public void reboot() {
        units.clear();
        bootId = "boot-2";
    }

    int units() {
        return units.size();
    }

    @Override
    public Outcome<String> logs(String worker, int maxBytes) {
        return answer("logs", "");
    }

    @Override
    public Outcome<List<HostRemnant>> collect() {
        return answer("collect", List.of());
    }

    @Override
    public Outcome<List<HostProbe>> probe(String peer, int port) {
        return answer("probe", List.of());
    }

    @Override
    public Outcome<Fetching> fetch(ImageOrder order) {
        fetches.add(order);
        return answer("fetch " + order.name(), Fetching.GOING);
    }

    /** What was asked for is there from now on. */
    public void has(String image, String sha256) {
        images.put(image, new StoredImage(image, sha256, clock.instant(), false));
    }

    @Override
    public Outcome<Nothing> drop(String sha256) {
        images.values().removeIf(image -> image.sha256().equals(sha256));
        return answer("drop " + sha256, Nothing.NOTHING);
    }

    @Override
    public void close() {}
}
