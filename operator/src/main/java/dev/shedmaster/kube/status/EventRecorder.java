package dev.shedmaster.kube.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a person would want to see in {@code kubectl describe}. Events are for people and may get lost: one that
 * cannot be written is logged and not tried again, and nothing waits for it.
 */
public final class EventRecorder {
    private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
    /** The API server's own bound for an event's note. */
    private static final int LONGEST_NOTE = 1024;

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final String instance;
    private final InstantSource clock;
    private final Executor executor;

    public EventRecorder(KubernetesClient client, String instance, InstantSource clock, Executor executor) {
        this.client = client;
        this.instance = instance;
        this.clock = clock;
        this.executor = executor;
    }

    /** Something went as it should. */
    public void normal(HasMetadata about, String action, String reason, String note) {
        executor.execute(() -> write("Normal", about, action, reason, note));
    }

    /** Something that a person may have to see to. */
    public void warning(HasMetadata about, String action, String reason, String note) {
        executor.execute(() -> write("Warning", about, action, reason, note));
    }

    private void write(String type, HasMetadata about, String action, String reason, String note) {
        String bounded = note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE - 1) + "…" : note;
        try {
            client.events()
                    .v1()
                    .events()
                    .inNamespace(about.getMetadata().getNamespace())
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withName(about.getMetadata().getName() + "." + UUID.randomUUID())
                            .withNamespace(about.getMetadata().getNamespace())
                            .endMetadata()
                            .withEventTime(new MicroTime(MICROS.format(clock.instant())))
                            .withReportingController("shedmaster.dev/operator")
                            .withReportingInstance(instance)
                            .withType(type)
                            .withAction(action)
                            .withReason(reason)
                            .withNote(bounded)
                            .withRegarding(new ObjectReferenceBuilder()
                                    .withApiVersion(about.getApiVersion())
                                    .withKind(about.getKind())
                                    .withNamespace(about.getMetadata().getNamespace())
                                    .withName(about.getMetadata().getName())
                                    .withUid(about.getMetadata().getUid())
                                    .build())
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            log.atWarn()
                    .addKeyValue("about", Names.of(about))
                    .addKeyValue("reason", reason)
                    .log("An event could not be written: {}", e.getMessage());
        }
    }
}
