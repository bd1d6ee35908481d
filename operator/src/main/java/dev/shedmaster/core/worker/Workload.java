package dev.shedmaster.core.worker;

import dev.shedmaster.core.worker.WorkerState.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that a worker runs, one for each executor in use.
 *
 * @param jobs in the order in which they were first seen: the one that runs longest is the first
 */
public record Workload(List<Running> jobs) {
    public static final Workload NONE = new Workload(List.of());

    /** A job, and since when it is seen to run. */
    public record Running(Job job, Instant since) {}

    public Workload {
        jobs = List.copyOf(jobs);
    }

    public boolean isEmpty() {
        return jobs.isEmpty();
    }

    public int size() {
        return jobs.size();
    }

    /** Since when the one is seen that began last; null if there is none. */
    public @Nullable Instant newestSince() {
        return jobs.isEmpty() ? null : jobs.getLast().since();
    }

    /** How many of its jobs have ended if these are the ones that run now. */
    public int endedBy(List<Job> running) {
        return size() - goingOn(new ArrayList<>(running)).size();
    }

    /** What it is once these jobs are seen to run. */
    Workload seen(List<Job> running, Instant now) {
        List<Job> fresh = new ArrayList<>(running);
        List<Running> jobsNow = new ArrayList<>(goingOn(fresh));
        fresh.forEach(job -> jobsNow.add(new Running(job, now)));
        return jobsNow.equals(jobs) ? this : new Workload(jobsNow);
    }

    /** The one that runs longest, and how many there are beside it. */
    String describe() {
        String first = jobs.getFirst().job().name();
        return switch (size()) {
            case 1 -> first;
            case 2 -> first + " and 1 more job";
            default -> first + " and " + (size() - 1) + " more jobs";
        };
    }

    /**
     * Its jobs that go on, as they are told now.
     *
     * @param running the jobs that run now; those that do not go on from here are left in it
     */
    private List<Running> goingOn(List<Job> running) {
        return Stream.of(continued(running)).filter(Objects::nonNull).toList();
    }

    /** Its jobs that are none of these. */
    List<Running> without(List<Job> running) {
        @Nullable Running[] continued = continued(new ArrayList<>(running));
        return IntStream.range(0, size())
                .filter(i -> continued[i] == null)
                .mapToObj(jobs::get)
                .toList();
    }

    /** With those jobs that were interrupted, and are seen to run again, as what began now. */
    Workload takenUp(List<Job> running, CiRestart restart, Instant now) {
        List<Job> fresh = new ArrayList<>(running);
        @Nullable Running[] continued = continued(fresh);
        List<Running> stayed = new ArrayList<>();
        List<Running> begun = new ArrayList<>();
        for (int i = 0; i < continued.length; i++) {
            Running before = jobs.get(i);
            Job again = restart.hasInterrupted(before) ? again(before.job(), continued[i], fresh, restart) : null;
            if (again == null) {
                stayed.add(before);
            } else {
                begun.add(new Running(again, now));
            }
        }
        stayed.addAll(begun);
        return begun.isEmpty() ? this : new Workload(stayed);
    }

    /** The job as it was taken up: as what it was, where what is seen is of after the restart, or as another item of its run. */
    private static @Nullable Job again(Job before, @Nullable Running continued, List<Job> fresh, CiRestart restart) {
        if (continued != null) {
            return restart.precedesSight() ? continued.job() : null;
        }
        int at = ofAddress(fresh, before.url());
        return at < 0 ? null : fresh.remove(at);
    }

    private static int ofAddress(List<Job> fresh, String url) {
        for (int i = 0; i < fresh.size(); i++) {
            if (!url.isEmpty() && fresh.get(i).url().equals(url)) {
                return i;
            }
        }
        return -1;
    }

    /** As {@link #goingOn}, with null in the place of one that does not. */
    private @Nullable Running[] continued(List<Job> running) {
        @Nullable Running[] goesOn = new Running[jobs.size()];
        // Of several steps of one run, each by its name if that is still there.
        for (int i = 0; i < goesOn.length; i++) {
            goesOn[i] = running.remove(jobs.get(i).job()) ? jobs.get(i) : null;
        }
        for (int i = 0; i < goesOn.length; i++) {
            goesOn[i] = goesOn[i] == null ? takenFrom(running, jobs.get(i)) : goesOn[i];
        }
        // One that had not begun, or could not be seen, when it was seen last: it is one of those that can be seen now.
        for (int i = 0; i < goesOn.length; i++) {
            if (goesOn[i] == null && jobs.get(i).job().isUnknown() && !running.isEmpty()) {
                goesOn[i] = new Running(running.removeFirst(), jobs.get(i).since());
            }
        }
        return goesOn;
    }

    private static @Nullable Running takenFrom(List<Job> running, Running wanted) {
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).isSameAs(wanted.job())) {
                return new Running(running.remove(i), wanted.since());
            }
        }
        return null;
    }
}
