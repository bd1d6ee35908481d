package dev.shedmaster.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in a sentence. What we did not foresee keeps its trace, because it is a defect. */
final class PlainErrors implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) throws Exception {
        CommandProblem problem = switch (e) {
            case CommandProblem known -> known;
            case KubernetesClientException refused -> ClusterTrouble.of(refused);
            default -> throw e;
        };
        command.getErr().println("shedmaster: " + problem.getMessage());
        return problem.status();
    }
}
