package dev.shedmaster.suite.trial;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test its {@link Trial}; after the test has passed everything must go that it made, and when it has failed everything
 * that may tell why is written to a file, which the report of {@code make test} shows the end of.
 */
public final class Trials implements ParameterResolver, AfterEachCallback {
    private static final Namespace OURS = Namespace.create(Trials.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Trial.class;
    }

    @Override
    public Trial resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SharedClusters clusters = context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(SharedClusters.class, key -> new SharedClusters(), SharedClusters.class);
        Trial trial = new Trial(clusters, context.getRequiredTestMethod().getName());
        context.getStore(OURS).put(Trial.class, trial);
        return trial;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Trial trial = context.getStore(OURS).remove(Trial.class, Trial.class);
        if (trial == null) {
            return;
        }
        boolean failed = context.getExecutionException().isPresent();
        try {
            if (!failed) {
                failed = true;
                trial.endsWithNothing();
                failed = false;
            }
        } finally {
            if (failed) {
                Path report = report(context);
                Files.createDirectories(report.getParent());
                try (Writer out = Files.newBufferedWriter(report)) {
                    trial.explain(out);
                }
                System.out.println(context.getDisplayName() + " failed: what may tell why is in " + report);
            }
            trial.close();
        }
    }

    /** A file of its own, as the output of tests that run at once is mixed. */
    private static Path report(ExtensionContext context) {
        String test = context.getRequiredTestClass().getName() + "."
                + context.getRequiredTestMethod().getName();
        return Path.of("target", "failed-trials", test + ".txt").toAbsolutePath();
    }
}
