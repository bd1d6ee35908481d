package dev.shedmaster.lab.jenkins.web;

/** The pages that people see, and programs get when something is wrong. */
final class ErrorPage {
    private ErrorPage() {}

    static String of(int status, String title, String message) {
        return """
                <!DOCTYPE html><html class=""><head resURL="/static" data-rooturl="" data-resurl="/static">
                <title>%1$s - Jenkins</title><meta name="ROBOTS" content="NOFOLLOW">%4$s</head>
                <body id="jenkins" class="yui-skin-sam jenkins-error"><header id="page-header">%4$s</header>
                <div id="page-body"><h1>%1$s</h1><p>%3$s</p><p>HTTP status %2$d</p></div>%4$s</body></html>
                """.formatted(escaped(title), status, escaped(message), filling());
    }

    /** What a browser without a login gets: it goes on to the login page. */
    static String loginFirst(String path) {
        String target = "/login?from=" + java.net.URLEncoder.encode(path, java.nio.charset.StandardCharsets.UTF_8);
        return """
                <html><head><meta http-equiv='refresh' content='1;url=%1$s'/>
                <script id='redirect' data-redirect-url='%1$s'></script></head>
                <body style='background-color:white; color:white;'>Authentication required<!-- --></body></html>
                """.formatted(target);
    }

    /** The controller's pages are tens of kilobytes of scripts and styles; a client must not choke on that. */
    private static String filling() {
        return "<script src=\"/static/scripts/part.js\"></script><div class=\"jenkins-part\"></div>\n".repeat(80);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
