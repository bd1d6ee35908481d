package dev.shedmaster.kube;

import dev.shedmaster.kube.status.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Why a look at an object did not succeed.
 *
 * @param expected whether it is in the nature of things (the API server refused or was away), and no defect of ours
 * @param overtaken whether the object has changed or gone since it was read: a fresh look sees what is so
 * @param cause the innermost cause in one line
 */
record Trouble(boolean expected, boolean overtaken, String cause) {

    static Trouble of(Throwable thrown) {
        boolean expected = false;
        boolean overtaken = false;
        Throwable innermost = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            innermost = cause;
            if (cause instanceof KubernetesClientException refused) {
                expected = true;
                overtaken = refused.getCode() == HttpURLConnection.HTTP_CONFLICT
                        || refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
            }
        }
        return new Trouble(expected, overtaken, inOneLine(innermost));
    }

    /** Writes one line that says what happened to which object. */
    void report(LoggingEventBuilder line, String controller, HasMetadata object, String whatNext) {
        line.addKeyValue("controller", controller)
                .addKeyValue("object", Names.of(object))
                .log("{}: {}", whatNext, cause);
    }

    private static String inOneLine(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank()
                ? thrown.getClass().getSimpleName()
                : message.lines().iterator().next();
    }
}
