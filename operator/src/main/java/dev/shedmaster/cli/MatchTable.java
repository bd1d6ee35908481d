package dev.shedmaster.cli;

import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.kube.status.Names;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Prints pools, one a line, with whether a job would get a worker of it, and if not, why. */
final class MatchTable {
    static final int NOBODY_SERVES = 4;

    private final PrintWriter out;
    private final PoolJudge judge;

    MatchTable(PrintWriter out, PoolJudge judge) {
        this.out = out;
        this.judge = judge;
    }

    /** The exit status. */
    int print(List<WorkerPool> pools) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SERVES", "POOL", "JENKINSSERVER", "WHY NOT"));
        pools.stream().sorted(Comparator.comparing(Names::of)).map(this::row).forEach(rows::add);
        if (pools.isEmpty()) {
            out.println("there are no pools");
            return NOBODY_SERVES;
        }
        int[] widths = new int[3];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        String format = "%-" + widths[0] + "s  %-" + widths[1] + "s  %-" + widths[2] + "s  %s";
        rows.forEach(row -> out.println(format.formatted(row.toArray()).stripTrailing()));
        if (judge.source() == null && serversOf(pools) > 1) {
            out.println("These pools work for several JenkinsServers, and a job waits at one of them: name it with "
                    + ServerChoice.OPTION + ".");
        }
        return rows.stream().anyMatch(row -> row.getFirst().equals("yes")) ? 0 : NOBODY_SERVES;
    }

    private List<String> row(WorkerPool pool) {
        List<String> objections = judge.objections(pool);
        return List.of(
                objections.isEmpty() ? "yes" : "no",
                Names.of(pool),
                PoolJudge.serverOf(pool).orElse("-"),
                String.join("; ", objections));
    }

    private static long serversOf(List<WorkerPool> pools) {
        return pools.stream()
                .flatMap(pool -> PoolJudge.serverOf(pool).stream())
                .distinct()
                .count();
    }
}
