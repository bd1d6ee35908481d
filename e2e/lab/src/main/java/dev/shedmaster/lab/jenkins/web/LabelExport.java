package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.controller.LoadSeries;
import dev.shedmaster.lab.jenkins.controller.Views.LabelView;
import dev.shedmaster.lab.jenkins.controller.Views.LoadView;
import dev.shedmaster.lab.jenkins.controller.Views.RootView;
import dev.shedmaster.lab.jenkins.export.Bean;
import dev.shedmaster.lab.jenkins.export.BeanType;
import dev.shedmaster.lab.jenkins.label.LabelExpression;
import java.util.ArrayList;
import java.util.List;

/** Labels, load and the controller itself as it exports them. */
final class LabelExport {
    private static final BeanType<String> NODE =
            BeanType.<String>named().property("nodeName", 99, name -> name).build();

    private static final BeanType<String> NOTHING = BeanType.<String>named().build();

    private static final BeanType<List<Float>> SCALE = BeanType.<List<Float>>named()
            .property("history", history -> history)
            .property("latest", List::getFirst)
            .build();

    private static final BeanType<LoadSeries.Histories> SCALES = BeanType.<LoadSeries.Histories>named()
            .property("hour", histories -> SCALE.of(histories.hour()))
            .property("min", histories -> SCALE.of(histories.min()))
            .property("sec10", histories -> SCALE.of(histories.sec10()))
            .build();

    private static final BeanType<LoadView> LOAD = load();

    private static final BeanType<LoadView> OVERALL_LOAD = BeanType.<LoadView>named()
            .all(LOAD)
            .property("totalQueueLength", view -> scales(view, LoadSeries.Value.QUEUE))
            .build();

    private final JobExport jobs;
    private final BeanType<LabelView> expression;
    private final BeanType<LabelView> atom;
    private final BeanType<RootView> root;

    LabelExport(JobExport jobs) {
        this.jobs = jobs;
        expression = BeanType.<LabelView>named()
                .property("actions", label -> List.of())
                .property("busyExecutors", LabelView::busy)
                .property("clouds", label -> List.of())
                .property("description", LabelExport::description)
                .property("idleExecutors", LabelView::idle)
                .property("loadStatistics", label -> LOAD.of("hudson.model.Label$1", label.load()))
                .property("name", 2, label -> label.expression().printed())
                .property("nodes", LabelExport::nodes)
                .property("offline", LabelView::offline)
                .property("tiedJobs", this::tiedJobs)
                .property("totalExecutors", LabelView::total)
                .build();
        atom = BeanType.<LabelView>named()
                .all(expression)
                .property("propertiesList", label -> List.of())
                .build();
        root = BeanType.<RootView>named()
                .property("assignedLabels", view -> List.of(LABEL.of("built-in")))
                .property("mode", view -> "NORMAL")
                .property("nodeDescription", view -> "the Jenkins controller's built-in node")
                .property("nodeName", 99, view -> "")
                .property("numExecutors", RootView::builtInExecutors)
                .property("description", view -> null)
                .property("jobs", this::jobs)
                .property("overallLoad", view -> NOTHING.of(""))
                .property("primaryView", view -> VIEW.of("hudson.model.AllView", jobs.url("")))
                .property("quietDownReason", view -> null)
                .property("quietingDown", RootView::quietingDown)
                .property("slaveAgentPort", view -> -1)
                .property("unlabeledLoad", view -> NOTHING.of("jenkins.model.UnlabeledLoadStatistics", ""))
                .property("url", view -> jobs.url(""))
                .property("useCrumbs", view -> true)
                .property("useSecurity", view -> true)
                .property("views", view -> List.of(VIEW.of("hudson.model.AllView", jobs.url(""))))
                .build();
    }

    private static final BeanType<String> LABEL =
            BeanType.<String>named().property("name", 2, label -> label).build();

    private static final BeanType<String> VIEW = BeanType.<String>named()
            .property("name", 2, url -> "all")
            .property("url", 2, url -> url)
            .build();

    private static BeanType<LoadView> load() {
        BeanType.Builder<LoadView> builder = BeanType.named();
        for (LoadSeries.Value value : LoadSeries.Value.values()) {
            builder.property(value.exportedName(), view -> scales(view, value));
        }
        return builder.build();
    }

    private static Bean<?> scales(LoadView view, LoadSeries.Value value) {
        LoadSeries.Histories histories = view.values().get(value);
        return SCALES.of(histories == null ? LoadSeries.Histories.NONE : histories);
    }

    Bean<?> label(LabelView view) {
        BeanType<LabelView> type = view.expression() instanceof LabelExpression.Atom ? atom : expression;
        return type.of(view.expression().exportedClass(), view);
    }

    Bean<?> load(LoadView view) {
        return LOAD.of("hudson.model.Label$1", view);
    }

    Bean<?> overallLoad(LoadView view) {
        return OVERALL_LOAD.of("hudson.model.OverallLoadStatistics", view);
    }

    Bean<?> unlabeledLoad(LoadView view) {
        return LOAD.of("jenkins.model.UnlabeledLoadStatistics", view);
    }

    Bean<?> root(RootView view) {
        return root.of("hudson.model.Hudson", view);
    }

    private List<Bean<?>> jobs(RootView view) {
        List<Bean<?>> beans = new ArrayList<>();
        view.jobs().forEach(job -> beans.add(jobs.job(job)));
        return beans;
    }

    private List<Bean<?>> tiedJobs(LabelView label) {
        List<Bean<?>> beans = new ArrayList<>();
        label.tiedJobs().forEach(job -> beans.add(jobs.job(job)));
        return beans;
    }

    private static List<Bean<?>> nodes(LabelView label) {
        List<Bean<?>> beans = new ArrayList<>();
        for (String name : label.nodes()) {
            beans.add(NODE.of(name.isEmpty() ? "hudson.model.Hudson" : "hudson.slaves.DumbSlave", name));
        }
        return beans;
    }

    private static String description(LabelView label) {
        return label.nodes().isEmpty() ? "invalid label" : "group of " + String.join(", ", label.nodes());
    }
}
