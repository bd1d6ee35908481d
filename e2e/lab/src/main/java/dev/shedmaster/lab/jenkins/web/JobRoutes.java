package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Build;
import dev.shedmaster.lab.jenkins.controller.Cause;
import dev.shedmaster.lab.jenkins.controller.Controller;
import dev.shedmaster.lab.jenkins.controller.Job;
import dev.shedmaster.lab.jenkins.controller.JobDesk;
import dev.shedmaster.lab.jenkins.controller.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything below {@code /job}. */
final class JobRoutes implements Routes {
    private static final Pattern DELAY = Pattern.compile("(\\d+)(?:sec|secs|s)?");
    private static final Map<String, Predicate<Build>> PERMALINKS = Map.of(
            "lastBuild", build -> true,
            "lastCompletedBuild", build -> !build.building(),
            "lastSuccessfulBuild", build -> build.result() == Result.SUCCESS,
            "lastStableBuild", build -> build.result() == Result.SUCCESS,
            "lastFailedBuild", build -> build.result() == Result.FAILURE);

    private final JobDesk jobs;
    private final JobExport export;
    private final JobForms forms = new JobForms();

    JobRoutes(Controller controller, JobExport export) {
        jobs = controller.jobs();
        this.export = export;
    }

    @Override
    public Answer answer(Exchange exchange, List<String> path) {
        if (path.isEmpty()) {
            throw Refusal.notFound();
        }
        if (!exchange.may(Permission.JOB_READ) && !exchange.may(Permission.JOB_DISCOVER)) {
            throw Refusal.notFound();
        }
        Job job = jobs.find(path.getFirst()).orElseThrow(Refusal::notFound);
        exchange.require(Permission.JOB_READ);
        return answer(exchange, job, path.subList(1, path.size()));
    }

    private Answer answer(Exchange exchange, Job job, List<String> path) {
        if (Routes.isApi(path)) {
            return exchange.export(export.job(job));
        }
        if (path.isEmpty()) {
            return Answer.html(200, ErrorPage.of(200, job.name(), "This is a page for people."));
        }
        Job configuration = job.configuration(path.getFirst());
        if (configuration != null) {
            return answer(exchange, configuration, path.subList(1, path.size()));
        }
        Build build = build(job, path.getFirst());
        if (build != null) {
            return answer(exchange, build, path.subList(1, path.size()));
        }
        if (path.size() > 1) {
            throw Refusal.notFound();
        }
        return switch (path.getFirst()) {
            case "build" -> trigger(exchange, job, false);
            case "buildWithParameters" -> trigger(exchange, job, true);
            case "config.xml" -> config(exchange, job);
            case "doDelete" -> delete(exchange, job);
            default -> throw Refusal.notFound();
        };
    }

    private static @Nullable Build build(Job job, String segment) {
        Predicate<Build> wanted = PERMALINKS.get(segment);
        if (wanted != null) {
            return job.builds().stream().filter(wanted).findFirst().orElse(null);
        }
        try {
            return job.build(Integer.parseInt(segment));
        } catch (NumberFormatException notABuild) {
            return null;
        }
    }

    private Answer answer(Exchange exchange, Build build, List<String> path) {
        if (Routes.isApi(path)) {
            return exchange.export(export.build(build));
        }
        if (path.equals(List.of("buildNumber"))) {
            return Answer.text(200, "text/plain", String.valueOf(build.number()));
        }
        if (path.equals(List.of("stop"))) {
            exchange.requirePost();
            exchange.require(Permission.JOB_CANCEL);
            jobs.stop(build);
            return Answer.redirect(".");
        }
        throw Refusal.notFound();
    }

    private Answer trigger(Exchange exchange, Job job, boolean withParameters) {
        exchange.requirePost();
        exchange.require(Permission.JOB_BUILD);
        boolean parameterised = !job.definition().parameters().isEmpty();
        if (withParameters && !parameterised) {
            throw new Refusal(400, job.name() + " is not parameterized");
        }
        if (!withParameters && parameterised && exchange.parameter("json") == null) {
            throw new Refusal(400, "Nothing is submitted");
        }
        long id = jobs.build(
                job,
                exchange.parameters().all(),
                new Cause.ByUser(exchange.identity().name()),
                delay(exchange.parameter("delay")));
        return Answer.empty(201).with("Location", export.url("queue/item/" + id + "/"));
    }

    private static @Nullable Duration delay(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher seconds = DELAY.matcher(text);
        if (!seconds.matches() || seconds.group(1).length() > 9) {
            throw new Refusal(400, "Invalid delay parameter value: " + text);
        }
        return Duration.ofSeconds(Long.parseLong(seconds.group(1)));
    }

    private Answer config(Exchange exchange, Job job) {
        if (!exchange.isPost()) {
            exchange.require(Permission.JOB_EXTENDED_READ);
            return Answer.text(200, "application/xml", job.configXml());
        }
        exchange.require(Permission.JOB_CONFIGURE);
        jobs.configure(job, forms.fromXml(exchange.bytes()), exchange.text());
        return Answer.empty(200);
    }

    private Answer delete(Exchange exchange, Job job) {
        exchange.requirePost();
        exchange.require(Permission.JOB_DELETE);
        jobs.delete(job);
        return Answer.redirect("..");
    }

    /** {@code POST /createItem}: a new job. */
    Answer create(Exchange exchange) {
        exchange.requirePost();
        exchange.require(Permission.JOB_CREATE);
        String name = NodeForms.goodName(exchange.parameter("name"));
        String path = "job/"
                + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "/";
        if (jobs.find(name).isPresent()
                || jobs.create(name, path, forms.fromXml(exchange.bytes()), exchange.text())
                        .isEmpty()) {
            throw new Refusal(400, "A job already exists with the name \u2018" + name + "\u2019");
        }
        return Answer.empty(200);
    }
}
