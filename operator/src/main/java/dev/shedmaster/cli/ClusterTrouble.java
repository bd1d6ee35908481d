package dev.shedmaster.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in one line why the API server did not answer as it should, and what to do about it. */
final class ClusterTrouble {
    private ClusterTrouble() {}

    static CommandProblem of(KubernetesClientException e) {
        return of(e, "that KUBECONFIG names");
    }

    /** @param where the API server's address */
    static CommandProblem of(KubernetesClientException e, String where) {
        if (e.getCode() <= 0) {
            return new CommandProblem("the API server " + where + " cannot be reached, " + cause(e)
                    + ": look whether the cluster runs, and whether KUBECONFIG names it");
        }
        return new CommandProblem(
                switch (e.getCode()) {
                    case HttpURLConnection.HTTP_UNAUTHORIZED ->
                        "the API server " + where
                                + " does not accept the credentials: sign in again, or have KUBECONFIG name a"
                                + " file with others";
                    case HttpURLConnection.HTTP_FORBIDDEN ->
                        said(e) + ": ask for that right, or name the namespaces that you may read with --namespaces";
                    default -> "the API server " + where + " answers " + e.getCode() + ": " + said(e);
                });
    }

    private static String said(KubernetesClientException e) {
        String status = e.getStatus() == null ? null : e.getStatus().getMessage();
        return oneLine(status == null ? e.getMessage() : status);
    }

    /** The JDK's client wraps what happened, and says some of it without words. */
    private static String cause(KubernetesClientException e) {
        List<Throwable> chain = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .toList();
        if (contains(chain, HttpTimeoutException.class) || contains(chain, TimeoutException.class)) {
            return "it does not answer in time";
        }
        if (contains(chain, UnknownHostException.class) || contains(chain, UnresolvedAddressException.class)) {
            return "its name is unknown";
        }
        if (contains(chain, ConnectException.class)) {
            return "the connection is refused";
        }
        return oneLine(chain.getLast().toString());
    }

    private static boolean contains(List<Throwable> chain, Class<? extends Throwable> kind) {
        return chain.stream().anyMatch(kind::isInstance);
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "without a word" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
