package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.controller.Build;
import dev.shedmaster.lab.jenkins.controller.Cause;
import dev.shedmaster.lab.jenkins.controller.Language;
import dev.shedmaster.lab.jenkins.controller.QueueEntry;
import dev.shedmaster.lab.jenkins.controller.QueueItem;
import dev.shedmaster.lab.jenkins.controller.Task;
import dev.shedmaster.lab.jenkins.controller.Views.ItemView;
import dev.shedmaster.lab.jenkins.controller.Why;
import dev.shedmaster.lab.jenkins.export.Bean;
import dev.shedmaster.lab.jenkins.export.BeanType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The queue as the controller exports it. */
final class QueueExport {
    static final String PLACEHOLDER =
            "org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$PlaceholderTask";

    private record Root(List<Bean<?>> items, List<Bean<?>> discoverable) {}

    private record Shown(ItemView view, Language language, JobExport jobs) {
        QueueEntry entry() {
            return view.item().entry();
        }
    }

    private static final BeanType<Root> ROOT = BeanType.<Root>named()
            .inline("discoverableItems", 1, Root::discoverable)
            .inline("items", 1, Root::items)
            .build();

    private static final BeanType<Shown> ITEM = BeanType.<Shown>named()
            .property("actions", shown -> actions(shown.entry(), shown.jobs()))
            .property("blocked", shown -> shown.view().item() instanceof QueueItem.Blocked)
            .property("buildable", shown -> shown.view().item() instanceof QueueItem.Buildable)
            .property("id", shown -> shown.entry().id())
            .property("inQueueSince", shown -> shown.entry().inQueueSince())
            .property("params", shown -> params(shown.entry().parameters()))
            .property("stuck", shown -> shown.view().stuck())
            .property("task", shown -> task(shown.entry().task(), shown.jobs()))
            .property("url", shown -> "queue/item/" + shown.entry().id() + "/")
            .property("why", QueueExport::why)
            .build();

    private static final BeanType<Shown> WAITING = BeanType.<Shown>named()
            .all(ITEM)
            .property("timestamp", shown -> ((QueueItem.Waiting) shown.view().item()).timestamp())
            .build();

    private static final BeanType<Shown> BLOCKED = BeanType.<Shown>named()
            .all(ITEM)
            .property(
                    "buildableStartMilliseconds",
                    shown -> ((QueueItem.Blocked) shown.view().item()).buildableSince())
            .build();

    private static final BeanType<Shown> BUILDABLE = BeanType.<Shown>named()
            .all(ITEM)
            .property(
                    "buildableStartMilliseconds",
                    shown -> ((QueueItem.Buildable) shown.view().item()).buildableSince())
            .property("pending", shown -> ((QueueItem.Buildable) shown.view().item()).pending())
            .build();

    private static final BeanType<Shown> LEFT = BeanType.<Shown>named()
            .all(ITEM)
            .property("cancelled", shown -> ((QueueItem.Left) shown.view().item()).cancelled())
            .property("executable", QueueExport::executable)
            .build();

    private static final BeanType<Task.OfPipeline> PIPELINE_TASK = BeanType.<Task.OfPipeline>named()
            .property("fullDisplayName", QueueExport::partOf)
            .property("name", QueueExport::partOf)
            .property("url", task -> task.run().path())
            .build();

    private record Stub(String name, String url) {}

    private static final BeanType<Stub> STUB_TASK = BeanType.<Stub>named()
            .property("name", 2, Stub::name)
            .property("url", 2, Stub::url)
            .build();

    private static final BeanType<Stub> STUB_ITEM =
            BeanType.<Stub>named().property("task", STUB_TASK::of).build();

    private static final BeanType<List<Bean<?>>> CAUSES = BeanType.<List<Bean<?>>>named()
            .property("causes", 2, causes -> causes)
            .build();

    private static final BeanType<List<Bean<?>>> PARAMETERS = BeanType.<List<Bean<?>>>named()
            .property("parameters", 2, parameters -> parameters)
            .build();

    private static final BeanType<Map.Entry<String, String>> PARAMETER = BeanType.<Map.Entry<String, String>>named()
            .property("name", 3, Map.Entry::getKey)
            .property("value", 3, Map.Entry::getValue)
            .build();

    private static final BeanType<Cause.ByUser> BY_USER = BeanType.<Cause.ByUser>named()
            .property("shortDescription", 3, cause -> "Started by user " + cause.user())
            .property("userId", 3, Cause.ByUser::user)
            .property("userName", 3, Cause.ByUser::user)
            .build();

    private static final BeanType<Cause.ByUpstream> BY_UPSTREAM = BeanType.<Cause.ByUpstream>named()
            .property(
                    "shortDescription",
                    3,
                    cause -> "Started by upstream project \"" + cause.job() + "\" build number " + cause.build())
            .property("upstreamBuild", 3, Cause.ByUpstream::build)
            .property("upstreamProject", 3, Cause.ByUpstream::job)
            .property("upstreamUrl", 3, cause -> "job/" + cause.job() + "/")
            .build();

    private final JobExport jobs;

    QueueExport(JobExport jobs) {
        this.jobs = jobs;
    }

    /**
     * The whole queue.
     *
     * @param items the items whose jobs may be read
     * @param discoverable the items of whose jobs only the names may be known
     */
    Bean<?> queue(List<ItemView> items, List<ItemView> discoverable, Language language) {
        List<Bean<?>> shown = new ArrayList<>(items.size());
        items.forEach(item -> shown.add(item(item, language)));
        List<Bean<?>> stubs = new ArrayList<>(discoverable.size());
        for (ItemView item : discoverable) {
            Task task = item.item().task();
            stubs.add(
                    STUB_ITEM.of(new Stub(task.job().name(), jobs.url(task.job().path()))));
        }
        return ROOT.of("hudson.model.Queue", new Root(shown, stubs));
    }

    Bean<?> item(ItemView view, Language language) {
        Shown shown = new Shown(view, language, jobs);
        return switch (view.item()) {
            case QueueItem.Waiting item -> WAITING.of("hudson.model.Queue$WaitingItem", shown);
            case QueueItem.Blocked item -> BLOCKED.of("hudson.model.Queue$BlockedItem", shown);
            case QueueItem.Buildable item -> BUILDABLE.of("hudson.model.Queue$BuildableItem", shown);
            case QueueItem.Left item -> LEFT.of("hudson.model.Queue$LeftItem", shown);
        };
    }

    private static @Nullable String why(Shown shown) {
        Why why = shown.view().why();
        return why == null ? null : why.in(shown.language());
    }

    private static String params(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> "\n" + parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining());
    }

    private static Bean<?> task(Task task, JobExport jobs) {
        return switch (task) {
            case Task.OfJob(var job) -> jobs.job(job);
            case Task.OfPipeline placeholder -> PIPELINE_TASK.of(PLACEHOLDER, placeholder);
        };
    }

    private static String partOf(Task.OfPipeline task) {
        return "part of " + task.run().displayName();
    }

    private static @Nullable Bean<?> executable(Shown shown) {
        QueueItem.Left left = (QueueItem.Left) shown.view().item();
        Build build = left.executable();
        if (build == null) {
            return null;
        }
        return left.task() instanceof Task.OfPipeline task
                ? shown.jobs().placeholder(task.run(), task.step(), 0)
                : shown.jobs().build(build);
    }

    /** A build's or an item's actions: what it was given, and who wanted it. */
    static List<Bean<?>> actions(QueueEntry entry, JobExport jobs) {
        List<Bean<?>> actions = new ArrayList<>();
        if (!entry.parameters().isEmpty()) {
            List<Bean<?>> parameters = new ArrayList<>();
            entry.parameters()
                    .entrySet()
                    .forEach(parameter -> parameters.add(PARAMETER.of("hudson.model.StringParameterValue", parameter)));
            actions.add(PARAMETERS.of("hudson.model.ParametersAction", parameters));
        }
        if (!entry.causes().isEmpty()) {
            List<Bean<?>> causes = new ArrayList<>();
            entry.causes().forEach(cause -> causes.add(cause(cause)));
            actions.add(CAUSES.of("hudson.model.CauseAction", causes));
        }
        return actions;
    }

    private static Bean<?> cause(Cause cause) {
        return switch (cause) {
            case Cause.ByUser byUser -> BY_USER.of("hudson.model.Cause$UserIdCause", byUser);
            case Cause.ByUpstream byUpstream -> BY_UPSTREAM.of("hudson.model.Cause$UpstreamCause", byUpstream);
        };
    }
}
