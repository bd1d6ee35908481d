package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.access.Crumbs;
import dev.shedmaster.lab.jenkins.access.Identity;
import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Controller;
import dev.shedmaster.lab.jenkins.export.Bean;
import dev.shedmaster.lab.jenkins.export.BeanType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The addresses directly below the root. */
final class SystemRoutes implements Routes {
    static final String SESSION_COOKIE = "JSESSIONID.shed";

    private static final BeanType<Identity> WHO_AM_I = BeanType.<Identity>named()
            .property("anonymous", Identity::anonymous)
            .property("authenticated", identity -> true)
            .property("authorities", identity -> identity.anonymous() ? List.of() : List.of("authenticated"))
            .property("name", Identity::name)
            .build();

    private static final BeanType<String> CRUMB = BeanType.<String>named()
            .property("crumb", crumb -> crumb)
            .property("crumbRequestField", crumb -> "Jenkins-Crumb")
            .build();

    private final Controller controller;
    private final LabelExport export;
    private final Crumbs crumbs;

    SystemRoutes(Controller controller, LabelExport export, Crumbs crumbs) {
        this.controller = controller;
        this.export = export;
        this.crumbs = crumbs;
    }

    /** What anybody may see, without any permission. */
    static boolean isOpenToAll(List<String> path) {
        return !path.isEmpty()
                && List.of("login", "tcpSlaveAgentListener", "jnlpJars", "wsagents", "whoAmI")
                        .contains(path.getFirst());
    }

    @Override
    public Answer answer(Exchange exchange, List<String> path) {
        if (path.isEmpty()) {
            return Answer.html(200, ErrorPage.of(200, "Dashboard", "This is a page for people."));
        }
        if (Routes.isApi(path)) {
            return exchange.export(export.root(controller.root()));
        }
        List<String> below = path.subList(1, path.size());
        return switch (path.getFirst()) {
            case "login" -> Answer.html(200, ErrorPage.of(200, "Sign in", "Sign in to Jenkins"));
            case "tcpSlaveAgentListener" ->
                Answer.text(200, "text/plain", "Jenkins\n").with("X-Remoting-Minimum-Version", "3107.v665000b_51092");
            case "jnlpJars" -> agentJar(below);
            case "wsagents" -> throw new Refusal(400, "This endpoint is only for use from agent.jar in WebSocket mode");
            case "whoAmI" -> api(exchange, below, WHO_AM_I.of("hudson.security.WhoAmI", exchange.identity()));
            case "crumbIssuer" -> crumb(exchange, below);
            case "overallLoad" -> api(exchange, below, export.overallLoad(controller.overallLoad()));
            case "unlabeledLoad" -> api(exchange, below, export.unlabeledLoad(controller.unlabeledLoad()));
            case "label" -> label(exchange, below);
            case "quietDown" -> quietDown(exchange, true);
            case "cancelQuietDown" -> quietDown(exchange, false);
            default -> throw Refusal.notFound();
        };
    }

    private static Answer api(Exchange exchange, List<String> path, Bean<?> bean) {
        if (!Routes.isApi(path)) {
            throw Refusal.notFound();
        }
        return exchange.export(bean);
    }

    /** Not a program: nothing in the lab runs it, what counts is that it can be fetched. */
    private static Answer agentJar(List<String> path) {
        if (!path.equals(List.of("agent.jar"))) {
            throw Refusal.notFound();
        }
        byte[] body = "PK\003\004 stands in for the agent's program".getBytes(StandardCharsets.UTF_8);
        return new Answer(200, "application/java-archive", body).with("Last-Modified", "Sun, 22 Nov 2026 13:45:29 GMT");
    }

    /** As JSON, or as the one text that scripts take from the XML form: {@code concat(//crumbRequestField,":",//crumb)}. */
    private Answer crumb(Exchange exchange, List<String> path) {
        String session = exchange.cookie(SESSION_COOKIE);
        boolean open = crumbs.isOpen(session);
        String current = open && session != null ? session : crumbs.newSession();
        String crumb = crumbs.crumb(exchange.identity().name(), current);
        Answer answer = path.equals(List.of("api", "xml"))
                ? crumbXml(exchange, crumb)
                : api(exchange, path, CRUMB.of("hudson.security.csrf.DefaultCrumbIssuer", crumb));
        return open ? answer : answer.with("Set-Cookie", SESSION_COOKIE + "=" + current + "; Path=/; HttpOnly");
    }

    private static Answer crumbXml(Exchange exchange, String crumb) {
        String document = "<defaultCrumbIssuer _class='hudson.security.csrf.DefaultCrumbIssuer'><crumb>" + crumb
                + "</crumb><crumbRequestField>Jenkins-Crumb</crumbRequestField></defaultCrumbIssuer>";
        String xpath = exchange.parameter("xpath");
        return xpath == null
                ? Answer.text(200, "application/xml", document)
                : Answer.text(200, "text/plain", Xml.evaluate(document, xpath));
    }

    /** A label's own address may hold any characters, encoded; only unencoded slashes part it from what follows. */
    private Answer label(Exchange exchange, List<String> path) {
        if (path.size() == 3 && Routes.isApi(path.subList(1, 3))) {
            return exchange.export(export.label(controller.label(path.getFirst())));
        }
        if (path.size() == 4 && path.get(1).equals("loadStatistics") && Routes.isApi(path.subList(2, 4))) {
            return exchange.export(export.load(controller.load(path.getFirst())));
        }
        throw Refusal.notFound();
    }

    private Answer quietDown(Exchange exchange, boolean wanted) {
        exchange.requirePost();
        if (!exchange.may(Permission.MANAGE)) {
            exchange.require(Permission.ADMINISTER);
        }
        controller.quietDown(wanted);
        return Answer.redirect(".");
    }
}
