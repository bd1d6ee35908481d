package dev.shedmaster.suite.trial;

import java.io.IOException;
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
        Throwable failure = context.getExecutionException().orElse(null);
        try (trial) {
            if (failure != null) {
                report(trial, context, failure);
                return;
            }
            try {
                trial.endsWithNothing();
            } catch (AssertionError | RuntimeException e) {
                report(trial, context, e);
                throw e;
            }
        }
    }

    /** What cannot be written down does not take the place of what went wrong. */
    private static void report(Trial trial, ExtensionContext context, Throwable failure) {
        Path report = file(context);
        try {
            Files.createDirectories(report.getParent());
            try (Writer out = Files.newBufferedWriter(report)) {
                trial.explain(out);
            }
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
        System.out.println(context.getDisplayName() + " failed: what may tell why is in " + report);
    }

    /** A file of its own, as the output of tests that run at once is mixed, for each call of a test that has parameters. */
    private static Path file(ExtensionContext context) {
        String test = context.getRequiredTestClass().getName() + "."
                + context.getRequiredTestMethod().getName();
        String call = context.getDisplayName().replaceAll("[^A-Za-z0-9]+", "-");
        return Path.of("target", "failed-trials", test + "." + call + ".txt").toAbsolutePath();
    }
}
