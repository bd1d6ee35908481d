package dev.shedmaster.ci.jenkins;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which Jenkins, as whom, and how its agents reach it.
 *
 * @param source what queued jobs are told to come from, {@code namespace/name} of the server's object
 * @param installation identifies this installation of the operator among all that may share the Jenkins
 * @param url the root URL of Jenkins as the operator reaches it; a missing last slash is added
 * @param agentUrl the root URL as agents reach it; null if it is the same
 * @param caBundle certificates in PEM form that agents are to trust as well; null if those of their machines do
 * @param user the user's id
 * @param secret an API token (or a password, which costs a crumb and a session)
 */
public record JenkinsConnection(
        String source,
        String installation,
        URI url,
        @Nullable URI agentUrl,
        @Nullable String caBundle,
        String user,
        String secret) {

    /** An API token is 32 hexadecimal digits, those of our time after a two-digit version. */
    private static final Pattern API_TOKEN = Pattern.compile("(11)?[0-9a-f]{32}");

    /** Refuses, naming the field, what could never be a connection. */
    public JenkinsConnection {
        url = root("url", url);
        agentUrl = agentUrl == null ? null : root("agent.url", agentUrl);
        if (user.isBlank() || user.contains(":")) {
            throw new IllegalArgumentException("username: must be a user's id, without ':', and not be empty");
        }
        if (secret.isBlank() || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "token: must be an API token, without blanks or line breaks, and not be empty");
        }
    }

    /** The address that agents are told. */
    URI addressForAgents() {
        return agentUrl == null ? url : agentUrl;
    }

    /** What agents are to trust to reach that address; null if nothing has to be trusted for it beside what they do. */
    @Nullable
    String caBundleForAgents() {
        return "https".equalsIgnoreCase(addressForAgents().getScheme()) ? caBundle : null;
    }

    /** Whether requests need no crumb. */
    boolean hasApiToken() {
        return API_TOKEN.matcher(secret).matches();
    }

    private static URI root(String field, URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    field + ": must be an http or https address such as https://jenkins.example.org/, is " + uri);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(field + ": must have no user, query or fragment");
        }
        return uri.getRawPath().endsWith("/") ? uri : URI.create(uri + "/");
    }

    @Override
    public String toString() {
        return "JenkinsConnection[source=" + source + ", url=" + url + ", user=" + user + ", secret=…]";
    }
}
