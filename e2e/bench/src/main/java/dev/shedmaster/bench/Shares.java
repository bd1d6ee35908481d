package dev.shedmaster.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who has used how much of the processors so far.
 *
 * @param operator the operator
 * @param controlPlane the API server and its store
 * @param lab this process: Jenkins, Azure, the agents and the measuring
 */
record Shares(Duration operator, Duration controlPlane, Duration lab) {

    static Shares now(long operator) {
        return new Shares(
                used(process -> process.pid() == operator),
                used(process -> runs(process, "kube-apiserver") || runs(process, "etcd")),
                ProcessUse.of(ProcessHandle.current().pid()).cpu());
    }

    Shares since(Shares before) {
        return new Shares(
                operator.minus(before.operator), controlPlane.minus(before.controlPlane), lab.minus(before.lab));
    }

    private static boolean runs(ProcessHandle process, String program) {
        return process.info()
                .command()
                .filter(command -> command.endsWith(program))
                .isPresent();
    }

    private static Duration used(Predicate<ProcessHandle> which) {
        return ProcessHandle.current()
                .descendants()
                .filter(which)
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
