package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.access.Accounts;
import dev.shedmaster.lab.jenkins.access.Crumbs;
import dev.shedmaster.lab.jenkins.access.Identity;
import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Controller;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of the controller's addresses: who asks, whether it may be asked, what is answered. */
public final class Site {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);

    /** What Jenkins answers of with a 401. */
    static final String CHALLENGE = "Basic realm=\"Jenkins\"";

    private final Accounts accounts;
    private final Crumbs crumbs = new Crumbs();
    private final QueueRoutes queue;
    private final ComputerRoutes computers;
    private final JobRoutes jobs;
    private final SystemRoutes system;

    /** The root is the address under which clients know the controller, with a slash at its end. */
    public Site(Controller controller, Accounts accounts, Secrets secrets, String root) {
        this.accounts = accounts;
        JobExport jobExport = new JobExport(root);
        queue = new QueueRoutes(controller, new QueueExport(jobExport));
        computers = new ComputerRoutes(controller, new ComputerExport(jobExport), secrets, root);
        jobs = new JobRoutes(controller, jobExport);
        system = new SystemRoutes(controller, new LabelExport(jobExport), crumbs);
    }

    Answer answer(Request request, byte[] body) {
        String path = request.getHttpURI().getPath();
        try {
            Optional<Identity> identity =
                    accounts.authenticate(request.getHeaders().get("Authorization"));
            if (identity.isEmpty()) {
                return Answer.html(401, ErrorPage.of(401, "Unauthorized", "Invalid password/token"))
                        .with("WWW-Authenticate", CHALLENGE);
            }
            return resolved(answer(new Exchange(request, identity.get(), accounts, body), segments(path)), path);
        } catch (Refusal refusal) {
            String message = String.valueOf(refusal.getMessage());
            return Answer.html(refusal.status(), ErrorPage.of(refusal.status(), "Error", message));
        } catch (RuntimeException defect) {
            LOG.error("{} {} failed", request.getMethod(), path, defect);
            return Answer.html(500, ErrorPage.of(500, "Oops!", "A problem occurred while processing the request."));
        }
    }

    private Answer answer(Exchange exchange, List<String> path) {
        if (exchange.isPost() && !exchange.identity().byToken() && !hasCrumb(exchange)) {
            throw new Refusal(403, "No valid crumb was included in the request");
        }
        if (!SystemRoutes.isOpenToAll(path) && !exchange.may(Permission.READ)) {
            if (exchange.identity().anonymous()) {
                return Answer.html(403, ErrorPage.loginFirst("/" + String.join("/", path)));
            }
            throw Refusal.missing(exchange.identity().name(), Permission.READ);
        }
        if (path.equals(List.of("createItem"))) {
            return jobs.create(exchange);
        }
        Routes routes = switch (path.isEmpty() ? "" : path.getFirst()) {
            case "queue" -> queue;
            case "computer" -> computers;
            case "job" -> jobs;
            default -> system;
        };
        return routes.answer(exchange, routes == system ? path : path.subList(1, path.size()));
    }

    /** A redirection is said relative to the request, and sent as an absolute path. */
    private static Answer resolved(Answer answer, String path) {
        String location = answer.headers().get("Location");
        return answer.status() != 302 || location == null
                ? answer
                : answer.with("Location", URI.create(path).resolve(location).getPath());
    }

    private boolean hasCrumb(Exchange exchange) {
        String header = exchange.header("Jenkins-Crumb");
        String crumb = header != null ? header : exchange.parameter("Jenkins-Crumb");
        return crumbs.isValid(crumb, exchange.identity().name(), exchange.cookie(SystemRoutes.SESSION_COOKIE));
    }

    /** The parts of an address between its slashes, each decoded by itself. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                try {
                    // A plus sign is itself in a path.
                    segments.add(java.net.URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException malformed) {
                    throw new Refusal(400, "Malformed path: " + path);
                }
            }
        }
        return segments;
    }
}
