package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Controller;
import dev.shedmaster.lab.jenkins.controller.QueueItem;
import dev.shedmaster.lab.jenkins.controller.Views.ItemView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything below {@code /queue}. */
final class QueueRoutes implements Routes {
    private final Controller controller;
    private final QueueExport export;

    QueueRoutes(Controller controller, QueueExport export) {
        this.controller = controller;
        this.export = export;
    }

    @Override
    public Answer answer(Exchange exchange, List<String> path) {
        if (Routes.isApi(path)) {
            return queue(exchange);
        }
        if (path.equals(List.of("cancelItem"))) {
            return cancel(exchange);
        }
        if (path.size() == 4 && path.getFirst().equals("item") && Routes.isApi(path.subList(2, 4))) {
            ItemView item = controller
                    .item(number(path.get(1)))
                    .filter(found -> exchange.may(Permission.JOB_READ))
                    .orElseThrow(Refusal::notFound);
            return exchange.export(export.item(item, exchange.language()));
        }
        throw Refusal.notFound();
    }

    private Answer queue(Exchange exchange) {
        boolean readable = exchange.may(Permission.JOB_READ);
        boolean discoverable = !readable && exchange.may(Permission.JOB_DISCOVER);
        List<ItemView> items = readable || discoverable ? controller.queue() : List.of();
        return exchange.export(
                export.queue(readable ? items : List.of(), discoverable ? items : List.of(), exchange.language()));
    }

    private Answer cancel(Exchange exchange) {
        exchange.requirePost();
        long id = number(exchange.parameter("id"));
        ItemView item = controller
                .item(id)
                .filter(found -> !(found.item() instanceof QueueItem.Left))
                .filter(found -> exchange.may(Permission.JOB_READ))
                .orElseThrow(Refusal::notFound);
        if (!exchange.may(Permission.JOB_CANCEL)) {
            return Answer.empty(422);
        }
        return Answer.empty(controller.cancel(item.item().id()) ? 204 : 500);
    }

    private static long number(@Nullable String text) {
        try {
            return Long.parseLong(String.valueOf(text));
        } catch (NumberFormatException notANumber) {
            throw new Refusal(400, "id: expected a number, got '" + text + "'");
        }
    }
}
