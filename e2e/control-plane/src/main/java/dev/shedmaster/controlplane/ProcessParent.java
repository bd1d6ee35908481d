package dev.shedmaster.controlplane;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The thread that starts servers, and lives as long as they may.
 *
 * <p>Where {@code setpriv} is to be had (Linux), the kernel kills them with this JVM, however it ends. Linux takes the
 * <em>thread</em> that started a process for its parent there, so a thread that comes and goes, as a test's may, would
 * take its servers with it. Elsewhere (macOS) only a JVM that ends in order takes its servers along: one that is killed
 * with SIGKILL leaves them.
 *
 * <p>Each has a session of its own where there is {@code setsid}: a Ctrl-C in the terminal reaches this JVM alone, which
 * can then end what uses the servers before them.
 */
final class ProcessParent implements AutoCloseable {

    private final ExecutorService thread;
    private final List<String> boundToParent;
    private final List<String> ownSession;

    ProcessParent(Surroundings surroundings) {
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("control-plane-processes").factory());
        this.boundToParent = surroundings
                .program("setpriv")
                .map(setpriv -> List.of(setpriv.toString(), "--pdeathsig", "KILL"))
                .filter(prefix -> works(surroundings, prefix))
                .orElse(List.of());
        this.ownSession = surroundings
                .program("setsid")
                .map(setsid -> List.of(setsid.toString()))
                .orElse(List.of());
    }

    /** Starts a server whose output is appended to a file. */
    ServerProcess start(String name, List<String> line, Path log) {
        List<String> bound = new ArrayList<>(boundToParent);
        bound.addAll(ownSession);
        bound.addAll(line);
        ProcessBuilder builder = new ProcessBuilder(bound)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // They share few cores with what is tested on them: collecting less often costs memory that is there.
        builder.environment().putIfAbsent("GOGC", "400");
        return new ServerProcess(name, inThread(builder::start), log);
    }

    private Process inThread(Callable<Process> start) {
        Future<Process> started = thread.submit(start);
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new ControlPlaneFailure("cannot start a server: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlPlaneFailure("interrupted while a server was being started", e);
        }
    }

    /** Busybox has a setpriv that cannot do this. */
    private static boolean works(Surroundings surroundings, List<String> prefix) {
        List<String> line = new ArrayList<>(prefix);
        line.add("true");
        return new Command(line, surroundings.variables(), Duration.ofSeconds(5), text -> {})
                .run("")
                .succeeded();
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
