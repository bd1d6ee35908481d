package dev.shedmaster.ci.jenkins;

import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.http.RetryAfter;
import dev.shedmaster.port.PortError;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what an answer of Jenkins that is not the one hoped for means. Jenkins' errors are HTML pages (reference: jenkins.md,
 * section 1.1); a refused permission is named in the header {@code X-Required-Permission} and in the page.
 */
final class AnswerClassifier {
    private static final Pattern MISSING_PERMISSION = Pattern.compile("is missing the ([\\w -]+/[\\w -]+) permission");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A 401 that is not Jenkins' own passes by itself, or does not: asked so rarely, nobody is locked out. */
    static final Duration ASK_PROXY_AGAIN = Duration.ofMinutes(5);

    /** How Jenkins' own 401 asks for a login; who stands before it has a realm of its own, or none. */
    private static final String REALM = "realm=\"Jenkins\"";

    private final String user;
    private final URI root;
    private final BooleanSupplier wasHeard;
    private final InstantSource clock;

    /** @param wasHeard whether Jenkins has answered under this address, so that it is certainly the right one */
    AnswerClassifier(String user, URI root, BooleanSupplier wasHeard, InstantSource clock) {
        this.user = user;
        this.root = root;
        this.wasHeard = wasHeard;
        this.clock = clock;
    }

    /** Whether the request was refused only because its crumb is missing or out of date. */
    static boolean refusesCrumb(ApiAnswer answer) {
        return answer.status() == 403 && new PageText(answer.text()).contains("No valid crumb was included");
    }

    /** Whether the credential itself was refused, not one thing asked with it. */
    static boolean refusesCredential(ApiAnswer answer) {
        return answer.status() == 401;
    }

    /** Whether it is Jenkins that refuses it, and not what stands before Jenkins. */
    static boolean isRefusalOfJenkins(ApiAnswer answer) {
        String challenge = answer.headers().get("WWW-Authenticate");
        return challenge != null && challenge.contains(REALM);
    }

    /** Whether a redirect leads to where people sign in. */
    static boolean leadsToLogin(ApiAnswer answer) {
        String location = answer.headers().get("Location");
        return answer.isRedirect()
                && location != null
                && (location.contains("/login") || location.contains("securityRealm/commenceLogin"));
    }

    /** The permission that was missing, as Jenkins writes it in its pages, such as {@code Agent/Create}. */
    static Optional<String> missingPermission(ApiAnswer answer) {
        if (answer.status() != 403) {
            return Optional.empty();
        }
        String id = answer.headers().get("X-Required-Permission");
        if (id != null && id.lastIndexOf('.') > 0) {
            return Optional.of(written(id));
        }
        Matcher matcher = MISSING_PERMISSION.matcher(new PageText(answer.text()).error());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    PortError classify(Call call, ApiAnswer answer) {
        PageText page = new PageText(answer.text());
        return switch (answer.status()) {
            case 401 -> new PortError.Unauthorized(isRefusalOfJenkins(answer) ? refusedUser() : refusedBefore(page));
            case 403 -> forbidden(call, answer, page);
            case 404 -> new PortError.NotFound("Jenkins does not have what was asked for, to " + call.purpose());
            case 400 -> refused(call, answer, page);
            case 408, 425, 429 -> throttled(call, answer);
            case 503 ->
                answer.headers().get("Retry-After") != null ? throttled(call, answer) : failed(call, answer, page);
            default -> answer.isRedirect() ? redirected(call, answer) : failed(call, answer, page);
        };
    }

    /** A 200 whose body is not the JSON or XML that was asked for. */
    PortError notUnderstood(Call call, ApiAnswer answer, String problem) {
        String type = answer.headers().get("Content-Type");
        boolean page = (type != null && type.startsWith("text/html"))
                || answer.text().stripLeading().startsWith("<");
        return new PortError.Transient("Jenkins could not " + call.purpose() + ": "
                + (page
                        ? "it answered with a page, not data: " + quoted(new PageText(answer.text()).title())
                        : problem));
    }

    private String refusedUser() {
        return "Jenkins refuses user '" + user
                + "' or the token (401): make a new API token for the user and put it into the Secret, or touch the Secret if it was right";
    }

    private String refusedBefore(PageText page) {
        return "what stands before Jenkins refuses user '" + user + "' (401)"
                + (page.title().isEmpty() ? "" : ": " + quoted(page.title()))
                + "; it is asked again every " + ASK_PROXY_AGAIN.toMinutes()
                + " minutes, and at once when the Secret is changed or touched";
    }

    private PortError forbidden(Call call, ApiAnswer answer, PageText page) {
        if (refusesCrumb(answer)) {
            return new PortError.Unauthorized("Jenkins does not " + call.purpose()
                    + ": it finds the crumb not valid; put an API token, which needs none, into the Secret");
        }
        Optional<String> permission = missingPermission(answer);
        if (permission.isPresent()) {
            return new PortError.Unauthorized("Jenkins does not " + call.purpose() + ": user '" + user + "' lacks "
                    + permission.get() + "; grant it in Jenkins");
        }
        String sentence = page.error().isEmpty() ? page.title() : page.error();
        return new PortError.Unauthorized(
                "Jenkins does not let user '" + user + "' " + call.purpose() + " (403): " + quoted(sentence));
    }

    private static PortError refused(Call call, ApiAnswer answer, PageText page) {
        String error = page.error();
        String header = answer.headers().get("X-Error");
        String sentence = !error.isEmpty() ? error : header != null ? header : page.title();
        if (sentence.contains("already exists")) {
            return new PortError.AlreadyExists("Jenkins did not " + call.purpose() + ": " + sentence);
        }
        String field = sentence.contains("unsafe character") || sentence.contains("name") ? "name" : "request";
        return new PortError.Invalid(field, "Jenkins refuses to " + call.purpose() + ": " + quoted(sentence));
    }

    private PortError throttled(Call call, ApiAnswer answer) {
        Duration wait = RetryAfter.in(answer.headers(), clock.instant()).orElse(PATIENCE);
        return new PortError.Throttled(
                wait,
                // Without the time, which may be another each time: statuses that tell it would be written at each
                // look.
                "Jenkins did not " + call.purpose() + " and asks for patience (HTTP " + answer.status() + ")");
    }

    private PortError redirected(Call call, ApiAnswer answer) {
        if (leadsToLogin(answer)) {
            return new PortError.Unauthorized(
                    "Jenkins sends user '" + user + "' to its login page instead of letting it " + call.purpose()
                            + ": the token was not looked at; check the Secret and any proxy before Jenkins");
        }
        String location = answer.headers().get("Location");
        String redirects = "redirects" + (location == null ? "" : " to " + bounded(location)) + " instead of answering";
        return wasHeard.getAsBoolean()
                ? new PortError.Transient(
                        "Jenkins could not " + call.purpose() + ": " + root + ", which did answer before, " + redirects)
                : new PortError.Invalid("url", "Jenkins at " + root + " " + redirects + ": set url to its root URL");
    }

    private static PortError failed(Call call, ApiAnswer answer, PageText page) {
        String title = page.title();
        return new PortError.Transient("Jenkins could not " + call.purpose() + " (HTTP " + answer.status() + ")"
                + (title.isEmpty() ? "" : ": " + quoted(title)));
    }

    private static String written(String permissionId) {
        int dot = permissionId.lastIndexOf('.');
        String name = permissionId.substring(dot + 1);
        String group = permissionId.substring(permissionId.lastIndexOf('.', dot - 1) + 1, dot);
        return switch (group) {
                    case "Hudson" -> "Overall";
                    case "Computer" -> "Agent";
                    case "Item" -> "Job";
                    default -> group;
                }
                + "/" + name;
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }

    private static String bounded(String text) {
        int query = text.indexOf('?');
        String plain = query < 0 ? text : text.substring(0, query);
        return plain.length() > 200 ? plain.substring(0, 199) + "…" : plain;
    }
}
