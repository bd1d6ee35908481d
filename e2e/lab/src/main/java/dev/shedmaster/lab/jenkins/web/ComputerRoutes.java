package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Controller;
import dev.shedmaster.lab.jenkins.controller.NodeConfig;
import dev.shedmaster.lab.jenkins.controller.NodeDesk;
import dev.shedmaster.lab.jenkins.controller.Views.ComputerView;
import dev.shedmaster.lab.jenkins.web.ComputerExport.Sight;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything below {@code /computer}. */
final class ComputerRoutes implements Routes {
    private final NodeDesk nodes;
    private final ComputerExport export;
    private final NodeForms forms = new NodeForms();
    private final Secrets secrets;
    private final String root;

    ComputerRoutes(Controller controller, ComputerExport export, Secrets secrets, String root) {
        nodes = controller.nodes();
        this.export = export;
        this.secrets = secrets;
        this.root = root;
    }

    @Override
    public Answer answer(Exchange exchange, List<String> path) {
        if (Routes.isApi(path)) {
            return exchange.export(export.computers(nodes.all(), sight(exchange)));
        }
        if (path.equals(List.of("doCreateItem"))) {
            return createByForm(exchange);
        }
        if (path.equals(List.of("createItem"))) {
            return createByXml(exchange);
        }
        if (path.isEmpty()) {
            return page("Nodes");
        }
        ComputerView computer = nodes.find(path.getFirst()).orElseThrow(Refusal::notFound);
        return answer(exchange, computer, path.subList(1, path.size()));
    }

    private Answer answer(Exchange exchange, ComputerView computer, List<String> path) {
        if (path.isEmpty()) {
            return page(computer.displayName());
        }
        if (Routes.isApi(path)) {
            return exchange.export(export.computer(computer, sight(exchange)));
        }
        if (path.size() > 1) {
            throw Refusal.notFound();
        }
        return switch (path.getFirst()) {
            case "config.xml" -> config(exchange, computer);
            case "changeOfflineCause" -> changeOfflineCause(exchange, computer);
            case "toggleOffline" -> toggleOffline(exchange, computer);
            case "doDisconnect" -> disconnect(exchange, computer);
            case "doDelete" -> delete(exchange, computer);
            case "jenkins-agent.jnlp", "slave-agent.jnlp" -> jnlp(exchange, computer);
            default -> throw Refusal.notFound();
        };
    }

    private static Sight sight(Exchange exchange) {
        return new Sight(exchange.may(Permission.JOB_READ), exchange.may(Permission.AGENT_CONNECT));
    }

    /** A page for people; whoever sends DELETE here gets it too, and nothing is deleted. */
    private static Answer page(String title) {
        return Answer.html(200, ErrorPage.of(200, title, "This is a page for people."));
    }

    private Answer createByForm(Exchange exchange) {
        exchange.requirePost();
        exchange.require(Permission.AGENT_CREATE);
        String name = newName(exchange.parameter("name"));
        if (!"hudson.slaves.DumbSlave".equals(exchange.parameter("type"))) {
            throw new Refusal(400, "type: this stand-in makes hudson.slaves.DumbSlave only");
        }
        create(forms.fromJson(name, exchange.parameter("json")));
        return Answer.redirect(".");
    }

    private Answer createByXml(Exchange exchange) {
        exchange.requirePost();
        exchange.require(Permission.AGENT_CREATE);
        String name = newName(exchange.parameter("name"));
        if ("copy".equals(exchange.parameter("mode"))) {
            return copy(exchange, name);
        }
        if (!isXml(exchange)) {
            throw new Refusal(400, "No mode given");
        }
        create(forms.fromXml(name, exchange.bytes()));
        return Answer.empty(200);
    }

    private Answer copy(Exchange exchange, String name) {
        exchange.require(Permission.AGENT_EXTENDED_READ);
        String from = Objects.requireNonNullElse(exchange.parameter("from"), "");
        NodeConfig original = nodes.find(from).map(ComputerView::config).orElse(null);
        if (original == null) {
            throw new Refusal(400, "No such agent: " + from);
        }
        create(new NodeConfig(
                name,
                original.description(),
                original.remoteFs(),
                original.executors(),
                original.mode(),
                original.labelString(),
                original.launcher(),
                original.retentionClass()));
        return Answer.redirect(name + "/configure");
    }

    private static boolean isXml(Exchange exchange) {
        return exchange.contentType().startsWith("application/xml")
                || exchange.contentType().startsWith("text/xml");
    }

    private String newName(@Nullable String wanted) {
        String name = NodeForms.goodName(wanted);
        if (nodes.find(name).filter(computer -> !computer.deleted()).isPresent()) {
            throw exists(name);
        }
        return name;
    }

    private void create(NodeConfig config) {
        if (!nodes.create(config)) {
            throw exists(config.name());
        }
    }

    private static Refusal exists(String name) {
        return new Refusal(400, "Agent called \u2018" + name + "\u2019 already exists");
    }

    private Answer config(Exchange exchange, ComputerView computer) {
        NodeConfig config = computer.config();
        if (config == null) {
            throw Refusal.notFound();
        }
        if (!exchange.isPost()) {
            exchange.require(Permission.AGENT_EXTENDED_READ);
            return Answer.text(200, "application/xml", NodeForms.toXml(config));
        }
        exchange.require(Permission.AGENT_CONFIGURE);
        nodes.configure(forms.fromXml(computer.name(), exchange.bytes()));
        return Answer.empty(200);
    }

    private Answer changeOfflineCause(Exchange exchange, ComputerView computer) {
        exchange.requirePost();
        exchange.require(Permission.AGENT_DISCONNECT);
        nodes.markOffline(computer.name(), exchange.identity().name(), message(exchange));
        return Answer.redirect(".");
    }

    private Answer toggleOffline(Exchange exchange, ComputerView computer) {
        exchange.requirePost();
        if (computer.temporarilyOffline()) {
            exchange.require(Permission.AGENT_CONNECT);
            nodes.markOnline(computer.name());
        } else {
            exchange.require(Permission.AGENT_DISCONNECT);
            nodes.markOffline(computer.name(), exchange.identity().name(), message(exchange));
        }
        return Answer.redirect(".");
    }

    /** Without a connection there is nothing to do, and no permission is asked for. */
    private Answer disconnect(Exchange exchange, ComputerView computer) {
        exchange.requirePost();
        boolean connected = !computer.offline() || computer.temporarilyOffline();
        if (connected) {
            exchange.require(Permission.AGENT_DISCONNECT);
            nodes.disconnect(computer.name(), exchange.identity().name(), message(exchange));
        }
        return Answer.redirect(".");
    }

    private Answer delete(Exchange exchange, ComputerView computer) {
        exchange.requirePost();
        exchange.require(Permission.AGENT_DELETE);
        if (computer.builtIn()) {
            throw new Refusal(400, "The built-in node cannot be deleted");
        }
        nodes.delete(computer.name());
        return Answer.redirect("..");
    }

    private static String message(Exchange exchange) {
        return Objects.requireNonNullElse(exchange.parameter("offlineMessage"), "");
    }

    /** The arguments for the agent; the name is empty when the node is gone. */
    private Answer jnlp(Exchange exchange, ComputerView computer) {
        exchange.require(Permission.AGENT_CONNECT);
        if (computer.builtIn()) {
            throw Refusal.notFound();
        }
        NodeConfig config = computer.config();
        StringBuilder arguments = new StringBuilder();
        argument(arguments, secrets.of(computer.name()));
        argument(arguments, config == null ? "" : config.name());
        argument(arguments, "-webSocket");
        if (config != null && !config.launcher().workDirDisabled()) {
            argument(arguments, "-workDir");
            argument(arguments, Objects.requireNonNullElse(config.launcher().workDirPath(), config.remoteFs()));
            argument(arguments, "-internalDir");
            argument(arguments, config.launcher().internalDir());
        }
        argument(arguments, "-url");
        argument(arguments, root);
        return Answer.text(
                200,
                "application/x-java-jnlp-file",
                "<jnlp><application-desc>" + arguments + "</application-desc></jnlp>");
    }

    private static void argument(StringBuilder arguments, String argument) {
        arguments.append("<argument>").append(ErrorPage.escaped(argument)).append("</argument>");
    }
}
