package dev.shedmaster.ci.jenkins;

import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What Jenkins wants to see beside a password before it lets a form change anything.
 *
 * @param field the header that carries it
 * @param value valid only within the session
 * @param sessionCookie the session, as a {@code Cookie} header's value; null if Jenkins keeps none
 */
record Crumb(String field, String value, @Nullable String sessionCookie) {
    Request.Builder addTo(Request.Builder request) {
        request.header(field, value);
        return sessionCookie == null ? request : request.header("Cookie", sessionCookie);
    }

    @Override
    public String toString() {
        return "Crumb[field=" + field + ", value=…]";
    }
}
