package dev.shedmaster.ci.jenkins;

/**
 * What a request is for.
 *
 * @param operation names it in metrics, from a small closed set
 * @param purpose names it in a sentence, such as {@code create the node ‘a’}
 */
record Call(String operation, String purpose) {}
