package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.controller.Build;
import dev.shedmaster.lab.jenkins.controller.NodeConfig;
import dev.shedmaster.lab.jenkins.controller.OfflineCause;
import dev.shedmaster.lab.jenkins.controller.PipelineStep;
import dev.shedmaster.lab.jenkins.controller.Views.ComputerView;
import dev.shedmaster.lab.jenkins.controller.Views.ComputersView;
import dev.shedmaster.lab.jenkins.controller.Views.ExecutorView;
import dev.shedmaster.lab.jenkins.export.Bean;
import dev.shedmaster.lab.jenkins.export.BeanType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computers as the controller exports them. */
final class ComputerExport {

    /**
     * What a user may see.
     *
     * @param jobs whether jobs may be read
     * @param inside whether what agents report of themselves may be read
     */
    record Sight(boolean jobs, boolean inside) {}

    private record Root(ComputersView view, Sight sight) {}

    private record Shown(ComputerView view, Sight sight) {}

    private record ShownExecutor(ExecutorView view, Sight sight) {}

    private static final BeanType<String> LABEL =
            BeanType.<String>named().property("name", 2, label -> label).build();

    private static final BeanType<String> NOTHING = BeanType.<String>named().build();

    private static final BeanType<OfflineCause> OFFLINE_CAUSE = BeanType.<OfflineCause>named()
            .property("description", OfflineCause::description)
            .property("timestamp", OfflineCause::timestamp)
            .build();

    private final JobExport jobs;
    private final Monitors monitors = new Monitors();
    private final BeanType<ShownExecutor> executor;
    private final BeanType<Shown> computer;
    private final BeanType<Shown> agent;
    private final BeanType<Root> root;

    ComputerExport(JobExport jobs) {
        this.jobs = jobs;
        executor = BeanType.<ShownExecutor>named()
                .property("currentExecutable", this::executable)
                .property("currentWorkUnit", shown -> shown.view().idle() ? null : NOTHING.of(""))
                .property("idle", shown -> shown.view().idle())
                .property("likelyStuck", shown -> false)
                .property("number", shown -> shown.view().number())
                .property("progress", shown -> -1)
                .build();
        computer = BeanType.<Shown>named()
                .property("actions", shown -> List.of())
                .property(
                        "assignedLabels",
                        shown -> shown.view().labels().stream().map(LABEL::of).toList())
                .property("description", shown -> description(shown.view()))
                .property("displayName", 2, shown -> shown.view().displayName())
                .property("executors", shown -> executors(shown.view().executors(), shown.sight()))
                .property("icon", shown -> icon(shown.view()))
                .property("iconClassName", shown -> icon(shown.view()))
                .property("idle", shown -> shown.view().idle())
                .property("jnlpAgent", shown -> !shown.view().builtIn())
                .property("launchSupported", shown -> shown.view().builtIn())
                .property("loadStatistics", shown -> NOTHING.of("hudson.model.Label$1", ""))
                .property("manualLaunchAllowed", shown -> true)
                .property("monitorData", shown -> shown.sight().inside() ? monitors.of(shown.view()) : Map.of())
                .property("numExecutors", shown -> shown.view().numExecutors())
                .property("offline", shown -> shown.view().offline())
                .property("offlineCause", shown -> offlineCause(shown.view()))
                .property("offlineCauseReason", shown -> reason(shown.view()))
                .property("oneOffExecutors", shown -> executors(shown.view().oneOffExecutors(), shown.sight()))
                .property("temporarilyOffline", shown -> shown.view().temporarilyOffline())
                .build();
        agent = BeanType.<Shown>named()
                .all(computer)
                .property("absoluteRemotePath", ComputerExport::remotePath)
                .build();
        root = BeanType.<Root>named()
                .property("busyExecutors", shown -> shown.view().busyExecutors())
                .inline("computer", 1, this::computers)
                .property("displayName", shown -> "Nodes")
                .property("totalExecutors", shown -> shown.view().totalExecutors())
                .build();
    }

    Bean<?> computers(ComputersView view, Sight sight) {
        return root.of("hudson.model.ComputerSet", new Root(view, sight));
    }

    Bean<?> computer(ComputerView view, Sight sight) {
        return view.builtIn()
                ? computer.of("hudson.model.Hudson$MasterComputer", new Shown(view, sight))
                : agent.of("hudson.slaves.SlaveComputer", new Shown(view, sight));
    }

    private List<Bean<?>> computers(Root shown) {
        List<Bean<?>> beans = new ArrayList<>();
        shown.view().computers().forEach(one -> beans.add(computer(one, shown.sight())));
        return beans;
    }

    private List<Bean<?>> executors(List<ExecutorView> views, Sight sight) {
        List<Bean<?>> beans = new ArrayList<>();
        views.forEach(view -> beans.add(executor.of(new ShownExecutor(view, sight))));
        return beans;
    }

    private @Nullable Bean<?> executable(ShownExecutor shown) {
        Build build = shown.view().build();
        PipelineStep step = shown.view().step();
        if (build == null || !shown.sight().jobs()) {
            return null;
        }
        return step == null
                ? jobs.build(build)
                : jobs.placeholder(build, step, shown.view().since());
    }

    private static @Nullable String description(ComputerView view) {
        if (view.builtIn()) {
            return "the Jenkins controller's built-in node";
        }
        NodeConfig config = view.config();
        return config == null ? "" : config.description();
    }

    private static String icon(ComputerView view) {
        return view.offline() ? "symbol-computer-offline" : "symbol-computer";
    }

    private static @Nullable Bean<?> offlineCause(ComputerView view) {
        OfflineCause cause = view.offlineCause();
        return cause == null ? null : OFFLINE_CAUSE.of(cause.exportedClass(), cause);
    }

    private static String reason(ComputerView view) {
        OfflineCause cause = view.offlineCause();
        return cause == null ? "" : ErrorPage.escaped(cause.reason()).replace("'", "&#039;");
    }

    private static @Nullable String remotePath(Shown shown) {
        NodeConfig config = shown.view().config();
        return config != null && shown.view().connected() && shown.sight().inside() ? config.remoteFs() : null;
    }

    /** What the node monitors have found out: nothing before an agent was there for the first time. */
    private static final class Monitors {
        private static final String PACKAGE = "hudson.node_monitors.";

        private record Disk(String path, long size) {}

        private final BeanType<String> memory = BeanType.<String>named()
                .property("availablePhysicalMemory", 99, any -> 21L << 30)
                .property("availableSwapSpace", 99, any -> 0)
                .property("totalPhysicalMemory", 99, any -> 24L << 30)
                .property("totalSwapSpace", 99, any -> 0)
                .build();
        private final BeanType<Disk> disk = BeanType.<Disk>named()
                .property("timestamp", 99, any -> System.currentTimeMillis())
                .property("path", 99, Disk::path)
                .property("size", 99, Disk::size)
                .property("threshold", 99, any -> 1L << 30)
                .property("totalSize", 99, any -> 250L << 30)
                .property("warningThreshold", 99, any -> 2L << 30)
                .build();
        private final BeanType<String> response = BeanType.<String>named()
                .property("timestamp", 99, any -> System.currentTimeMillis())
                .property("average", 99, any -> 12)
                .build();
        private final BeanType<String> clock =
                BeanType.<String>named().property("diff", 99, any -> 0).build();

        Map<String, @Nullable Object> of(ComputerView view) {
            NodeConfig config = view.config();
            String home = config == null ? "/var/jenkins_home" : config.remoteFs();
            String diskClass = PACKAGE + "DiskSpaceMonitorDescriptor$DiskSpace";
            boolean known = view.builtIn() || view.agentSeen();
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put(
                    PACKAGE + "SwapSpaceMonitor",
                    known ? memory.of(PACKAGE + "SwapSpaceMonitor$MemoryUsage2", "") : null);
            data.put(
                    PACKAGE + "TemporarySpaceMonitor",
                    known ? disk.of(diskClass, new Disk("/var/temp", 70L << 30)) : null);
            data.put(PACKAGE + "DiskSpaceMonitor", known ? disk.of(diskClass, new Disk(home, 70L << 30)) : null);
            data.put(PACKAGE + "ArchitectureMonitor", known ? "Linux (amd64)" : null);
            data.put(
                    PACKAGE + "ResponseTimeMonitor",
                    known ? response.of(PACKAGE + "ResponseTimeMonitor$Data", "") : null);
            data.put(PACKAGE + "ClockMonitor", known ? clock.of("hudson.util.ClockDifference", "") : null);
            return data;
        }
    }
}
