package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.controller.Build;
import dev.shedmaster.lab.jenkins.controller.Job;
import dev.shedmaster.lab.jenkins.controller.JobKind;
import dev.shedmaster.lab.jenkins.controller.PipelineStep;
import dev.shedmaster.lab.jenkins.controller.Result;
import dev.shedmaster.lab.jenkins.export.Bean;
import dev.shedmaster.lab.jenkins.export.BeanType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Jobs and builds as the controller exports them. */
final class JobExport {
    /** A job shows no more of its builds than this. */
    private static final int NEWEST = 100;

    private final String root;
    private final BeanType<Job> job;
    private final BeanType<Job> project;
    private final BeanType<Job> pipeline;
    private final BeanType<Build> run;
    private final BeanType<Build> freestyleRun;
    private final BeanType<Build> pipelineRun;
    private final BeanType<Placeholder> placeholder;

    private record Placeholder(Build run, PipelineStep step, long since) {}

    /** The root's address ends with a slash. */
    JobExport(String root) {
        this.root = root;
        job = BeanType.<Job>named()
                .property("actions", shown -> List.of())
                .property("description", shown -> "")
                .property("displayName", Job::name)
                .property("displayNameOrNull", shown -> null)
                .property("fullDisplayName", Job::name)
                .property("fullName", Job::name)
                .property("name", 2, Job::name)
                .property("url", 2, shown -> url(shown.path()))
                .property("buildable", shown -> true)
                .property("builds", this::newestBuilds)
                .property("color", 2, Job::color)
                .property("firstBuild", shown -> bean(shown.build(1)))
                .property("healthReport", shown -> List.of())
                .property("inQueue", Job::inQueue)
                .property("keepDependencies", shown -> false)
                .property("lastBuild", shown -> last(shown, build -> true))
                .property("lastCompletedBuild", shown -> last(shown, build -> !build.building()))
                .property("lastFailedBuild", shown -> last(shown, build -> build.result() == Result.FAILURE))
                .property("lastStableBuild", shown -> last(shown, build -> build.result() == Result.SUCCESS))
                .property("lastSuccessfulBuild", shown -> last(shown, build -> build.result() == Result.SUCCESS))
                .property("lastUnstableBuild", shown -> null)
                .property("lastUnsuccessfulBuild", shown -> last(shown, JobExport::unsuccessful))
                .property("nextBuildNumber", Job::nextNumber)
                .property("property", shown -> List.of())
                .property("queueItem", shown -> null)
                .property("concurrentBuild", shown -> shown.definition().concurrent())
                .property("disabled", shown -> false)
                .build();
        project = BeanType.<Job>named()
                .all(job)
                .property("downstreamProjects", shown -> List.of())
                .property("labelExpression", JobExport::labelExpression)
                .property("upstreamProjects", shown -> List.of())
                .build();
        pipeline = BeanType.<Job>named()
                .all(job)
                .property("resumeBlocked", shown -> false)
                .build();
        run = BeanType.<Build>named()
                .property("actions", build -> QueueExport.actions(build.entry(), this))
                .property("artifacts", build -> List.of())
                .property("building", Build::building)
                .property("description", build -> null)
                .property("displayName", build -> "#" + build.number())
                .property("duration", Build::duration)
                .property("estimatedDuration", build -> build.job().estimatedDuration())
                .property("executor", build -> null)
                .property("fullDisplayName", Build::displayName)
                .property("id", build -> String.valueOf(build.number()))
                .property("inProgress", Build::building)
                .property("keepLog", build -> false)
                .property("number", 2, Build::number)
                .property("queueId", build -> build.entry().id())
                .property("result", build -> name(build.result()))
                .property("timestamp", Build::startedAt)
                .property("url", 2, build -> url(build.path()))
                .build();
        freestyleRun = BeanType.<Build>named()
                .all(run)
                .property("builtOn", Build::builtOn)
                .property("culprits", build -> List.of())
                .build();
        pipelineRun = BeanType.<Build>named()
                .all(run)
                .property("changeSets", build -> List.of())
                .property("culprits", build -> List.of())
                .build();
        placeholder = BeanType.<Placeholder>named()
                .property("displayName", JobExport::stepName)
                .property("estimatedDuration", shown -> shown.run().job().estimatedDuration())
                .property("fullDisplayName", JobExport::stepName)
                .property("number", 2, shown -> shown.run().number())
                .property("timestamp", Placeholder::since)
                .property("url", 2, shown -> url(shown.run().path()))
                .build();
    }

    /** The absolute address of a path below the root. */
    String url(String path) {
        return root + path;
    }

    Bean<?> job(Job shown) {
        boolean isPipeline = shown.kind() == JobKind.PIPELINE;
        return (isPipeline ? pipeline : project).of(shown.kind().jobClass(), shown);
    }

    Bean<?> build(Build shown) {
        JobKind kind = shown.job().kind();
        return (kind == JobKind.PIPELINE ? pipelineRun : freestyleRun).of(kind.buildClass(), shown);
    }

    /** What an executor shows that runs a Pipeline's step. */
    Bean<?> placeholder(Build shown, PipelineStep step, long since) {
        return placeholder.of(QueueExport.PLACEHOLDER + "$PlaceholderExecutable", new Placeholder(shown, step, since));
    }

    private static String stepName(Placeholder shown) {
        String branch = shown.step().branch();
        return shown.run().displayName() + (branch == null ? "" : " (" + branch + ")");
    }

    /** A matrix's child has its label from the axis, which is not a typed expression. */
    private static @Nullable String labelExpression(Job job) {
        return job.kind() == JobKind.FREESTYLE ? job.definition().label() : null;
    }

    private List<Bean<?>> newestBuilds(Job shown) {
        List<Bean<?>> newest = new ArrayList<>();
        for (Build build : shown.builds()) {
            if (newest.size() == NEWEST) {
                break;
            }
            newest.add(build(build));
        }
        return newest;
    }

    private @Nullable Bean<?> last(Job shown, Predicate<Build> which) {
        return bean(shown.builds().stream().filter(which).findFirst().orElse(null));
    }

    private static boolean unsuccessful(Build build) {
        Result result = build.result();
        return result != null && result != Result.SUCCESS;
    }

    private @Nullable Bean<?> bean(@Nullable Build build) {
        return build == null ? null : build(build);
    }

    private static @Nullable String name(@Nullable Result result) {
        return result == null ? null : result.name();
    }
}
