package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.access.Accounts;
import dev.shedmaster.lab.jenkins.access.Identity;
import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Language;
import dev.shedmaster.lab.jenkins.export.Bean;
import dev.shedmaster.lab.jenkins.export.JsonExport;
import dev.shedmaster.lab.jenkins.export.Pruner;
import dev.shedmaster.lab.jenkins.export.TreeExpression;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** One request, who makes it, and what is answered. */
final class Exchange {
    private static final JsonExport JSON = new JsonExport();
    private static final int DEEPEST = 10;

    private final Request request;
    private final Identity identity;
    private final Accounts accounts;
    private final byte[] body;
    private final Query query;
    private final Query form;

    Exchange(Request request, Identity identity, Accounts accounts, byte[] body) {
        this.request = request;
        this.identity = identity;
        this.accounts = accounts;
        this.body = body;
        query = Query.parse(request.getHttpURI().getQuery());
        form = contentType().startsWith("application/x-www-form-urlencoded") ? Query.parse(text()) : Query.parse(null);
    }

    String method() {
        return request.getMethod();
    }

    boolean isPost() {
        return method().equals("POST");
    }

    Identity identity() {
        return identity;
    }

    @Nullable
    String header(String name) {
        return request.getHeaders().get(name);
    }

    @Nullable
    String cookie(String name) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(org.eclipse.jetty.http.HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }

    String contentType() {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type == null ? "" : type;
    }

    /** The body as text. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as it came. */
    byte[] bytes() {
        return body.clone();
    }

    /** A parameter of the form or of the address. */
    @Nullable
    String parameter(String name) {
        return parameters().get(name);
    }

    Query parameters() {
        return form.or(query);
    }

    Language language() {
        return Language.of(header("Accept-Language"));
    }

    boolean may(Permission permission) {
        return accounts.may(identity, permission);
    }

    /** Goes on only with the permission. */
    void require(Permission permission) {
        if (!may(permission)) {
            throw Refusal.missing(identity.name(), permission);
        }
    }

    /** Goes on only with POST. */
    void requirePost() {
        if (!isPost()) {
            throw new Refusal(405, "POST is required for this URL");
        }
    }

    /** An exported object, cut as the request asks. */
    Answer export(Bean<?> bean) {
        String tree = parameter("tree");
        Pruner pruner;
        try {
            pruner = tree != null ? TreeExpression.parse(tree) : Pruner.ByDepth.of(depth());
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, String.valueOf(malformed.getMessage()));
        }
        byte[] json = JSON.write(bean, pruner, "true".equals(parameter("pretty")));
        return new Answer(200, "application/json;charset=utf-8", json);
    }

    private int depth() {
        String depth = parameter("depth");
        try {
            return depth == null ? 0 : Math.clamp(Integer.parseInt(depth), 0, DEEPEST);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("depth: expected a number, got '" + depth + "'", notANumber);
        }
    }
}
