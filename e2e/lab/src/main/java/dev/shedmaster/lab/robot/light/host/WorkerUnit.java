package dev.shedmaster.lab.robot.light.host;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker's unit of systemd, with its record. To be used in a step of the account only. */
final class WorkerUnit {
    private final WorkerOrder order;
    private final Instant startedAt;
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private State state = State.CUT_OFF;
    private long memory;
    private @Nullable WorkerGuest guest;
    private @Nullable End end;

    /** How far it is, by systemd's words. */
    enum State {
        ACTIVE("active"),
        DEACTIVATING("deactivating"),
        /** There is a record of it, and no unit that lives. */
        CUT_OFF("");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** How it ended, as systemd tells it. */
    record End(String result, String code, String status, Instant at) {
        static End exited(int status, Instant at) {
            return new End(status == 0 ? "success" : "exit-code", "exited", Integer.toString(status), at);
        }

        static End killed(Instant at) {
            return new End("signal", "killed", "KILL", at);
        }
    }

    WorkerUnit(WorkerOrder order, Instant startedAt) {
        this.order = order;
        this.startedAt = startedAt;
    }

    WorkerOrder order() {
        return order;
    }

    WorkerName name() {
        return order.name();
    }

    Instant startedAt() {
        return startedAt;
    }

    State state() {
        return state;
    }

    boolean lives() {
        return state != State.CUT_OFF;
    }

    /** In bytes; 0 if it does not live. */
    long memory() {
        return lives() ? memory : 0;
    }

    void use(long bytes) {
        memory = bytes;
    }

    @Nullable
    End end() {
        return end;
    }

    void run(WorkerGuest in) {
        guest = in;
        state = State.ACTIVE;
        before.add("Started Worker " + name() + ".");
        in.boot();
    }

    void deactivate() {
        state = State.DEACTIVATING;
        after.add("Stopping Worker " + name() + "...");
    }

    /** It has ended by itself, or was killed. */
    void ended(End how) {
        cut();
        end = how;
        if (how.result().equals("success")) {
            after.add(name() + ".service: Deactivated successfully.");
        } else {
            after.add(name() + ".service: Main process exited, code=" + how.code() + ", status=" + how.status());
            after.add(name() + ".service: Failed with result '" + how.result() + "'.");
        }
    }

    /** It is gone as somebody wished. */
    void stopped() {
        cut();
        after.add(name() + ".service: Deactivated successfully.");
    }

    /** What is in it is no more; its record stays. */
    void cut() {
        state = State.CUT_OFF;
        if (guest != null) {
            guest.cut();
        }
    }

    /** What the journal has of it. */
    String printed() {
        List<String> lines = new ArrayList<>(before);
        if (guest != null) {
            lines.addAll(guest.printed());
        }
        lines.addAll(after);
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
