package dev.shedmaster.kube.host;

import dev.shedmaster.core.host.Checkup;
import dev.shedmaster.core.host.DiskHealth;
import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.core.host.HardwareReport.FileSystem;
import dev.shedmaster.kube.host.HardwareWatch.Known;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows what the hardware of hosts tells. What is not known, or not any more, has no number. */
final class HardwareMetrics {
    /** One number. */
    private record Figure(String name, Tags tags) {}

    private record Shown(Gauge gauge, AtomicReference<Double> value) {}

    private final MeterRegistry meters;
    private final Map<String, Map<Figure, Shown>> hosts = new HashMap<>();

    HardwareMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Shows what is known of a host now, in the place of what was.
     *
     * @param host {@code namespace/name}
     */
    synchronized void show(String host, Known known) {
        HardwareReport report = known.report();
        if (report == null || known.trouble() != null) {
            forget(host);
            return;
        }
        Map<Figure, Double> figures = new Figures(host).of(report, known.checkup());
        Map<Figure, Shown> shown = hosts.computeIfAbsent(host, first -> new HashMap<>());
        shown.entrySet().removeIf(entry -> !figures.containsKey(entry.getKey()) && isRemoved(entry.getValue()));
        figures.forEach((figure, value) ->
                shown.computeIfAbsent(figure, this::registered).value().set(value));
    }

    synchronized void forget(String host) {
        Map<Figure, Shown> shown = hosts.remove(host);
        if (shown != null) {
            shown.values().forEach(this::isRemoved);
        }
    }

    private boolean isRemoved(Shown shown) {
        meters.remove(shown.gauge());
        return true;
    }

    private Shown registered(Figure figure) {
        AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
        return new Shown(
                Gauge.builder(figure.name(), value, AtomicReference::get)
                        .tags(figure.tags())
                        .register(meters),
                value);
    }

    /** The numbers of one host. */
    private static final class Figures {
        private final String host;
        private final Map<Figure, Double> figures = new HashMap<>();

        Figures(String host) {
            this.host = host;
        }

        Map<Figure, Double> of(HardwareReport report, Checkup checkup) {
            report.disks().forEach(this::disk);
            report.sensors()
                    .forEach(sensor -> gauge("shedmaster.host.temperature", sensor.celsius(), "sensor", sensor.name()));
            report.memory().forEach(memory -> {
                String controller = memory.controller();
                gauge(
                        "shedmaster.host.memory.errors",
                        memory.corrected(),
                        "controller",
                        controller,
                        "kind",
                        "corrected");
                gauge(
                        "shedmaster.host.memory.errors",
                        memory.uncorrected(),
                        "controller",
                        controller,
                        "kind",
                        "uncorrected");
            });
            Stream.of(report.scratch(), report.root())
                    .flatMap(Stream::ofNullable)
                    .forEach(this::files);
            report.arrays()
                    .forEach(array -> gauge("shedmaster.host.array.missing", array.missing(), "array", array.name()));
            checkup.ailments()
                    .forEach(ailment -> gauge(
                            "shedmaster.host.ailing", 1, "kind", ailment.kind().reason()));
            return figures;
        }

        private void disk(DiskHealth disk) {
            String device = disk.device();
            Integer wear = disk.wearPercent();
            gauge("shedmaster.host.disk.wear", wear == null ? null : wear / 100.0, "disk", device);
            gauge("shedmaster.host.disk.power.on", disk.hours(), "disk", device);
            gauge("shedmaster.host.disk.temperature", disk.celsius(), "disk", device);
            gauge("shedmaster.host.disk.errors", disk.lost(), "disk", device, "kind", "lost");
            gauge("shedmaster.host.disk.errors", disk.replaced(), "disk", device, "kind", "replaced");
        }

        private void files(FileSystem files) {
            String path = files.path();
            gauge("shedmaster.host.files.free", share(files.freeBytes(), files.bytes()), "path", path, "of", "space");
            gauge(
                    "shedmaster.host.files.free",
                    share(files.freeInodes(), files.inodes()),
                    "path",
                    path,
                    "of",
                    "inodes");
        }

        private static @Nullable Double share(@Nullable Long free, @Nullable Long all) {
            return free == null || all == null || all == 0 ? null : (double) free / all;
        }

        private void gauge(String name, @Nullable Number value, String... tags) {
            if (value != null) {
                figures.put(new Figure(name, Tags.of("host", host).and(tags)), value.doubleValue());
            }
        }
    }
}
