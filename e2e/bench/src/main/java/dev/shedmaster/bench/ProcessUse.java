package dev.shedmaster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a process has used so far.
 *
 * @param cpu of all its threads
 * @param mostResidentMegabytes the most that it has had in memory at a time
 */
record ProcessUse(Duration cpu, double mostResidentMegabytes) {

    static ProcessUse of(long pid) {
        try {
            List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            long kilobytes = status.stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
            Duration cpu = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElse(Duration.ZERO);
            return new ProcessUse(cpu, kilobytes / 1024.0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
