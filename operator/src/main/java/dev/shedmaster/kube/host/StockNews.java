package dev.shedmaster.kube.host;

import dev.shedmaster.core.CamelCase;

/**
 * How it stands with the images of workers on a host, for its status.
 *
 * @param message for a person
 */
public record StockNews(Stand stand, String message) {
    /** Whether all that pools want there is there. */
    public enum Stand {
        FETCHED,
        FETCHING,
        FETCH_FAILED
    }

    /** The stand as a condition's reason: {@code FetchFailed}. */
    public String reason() {
        return CamelCase.of(stand);
    }
}
