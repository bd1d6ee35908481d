package dev.shedmaster.kube;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease that lets one replica act. A lease is advice: a paused process may act for a moment after it lost it, which is
 * why every effect may be repeated and every name is unique.
 */
final class LeaderLease {
    private static final Logger log = LoggerFactory.getLogger(LeaderLease.class);
    private static final Duration LASTS = Duration.ofSeconds(15);
    private static final Duration RENEWED_WITHIN = Duration.ofSeconds(10);
    private static final Duration TRIED_EVERY = Duration.ofSeconds(2);

    private LeaderLease() {}

    static LeaderElectionConfiguration configuration(
            OperatorOptions options, Runnable onStartLeading, Runnable onStopLeading) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(options.leaseName())
                .withLeaseNamespace(options.ownNamespace())
                .withIdentity(options.identity())
                .withLeaseDuration(LASTS)
                .withRenewDeadline(RENEWED_WITHIN)
                .withRetryPeriod(TRIED_EVERY)
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(
                        () -> {
                            log.atInfo().log("Leading as {}", options.identity());
                            onStartLeading.run();
                        },
                        () -> {
                            log.atInfo().log("No longer leading");
                            onStopLeading.run();
                        },
                        leader -> log.atInfo().log("The leader is {}", leader)))
                .build();
    }
}
