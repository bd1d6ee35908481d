package dev.shedmaster.kube.host;

/**
 * How it stands with the images of workers on a host, for its status.
 *
 * @param isWhole whether all that pools want there is there
 * @param reason in one word
 * @param message for a person
 */
public record StockNews(boolean isWhole, String reason, String message) {}
