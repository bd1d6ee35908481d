/** One HTTP client for all adapters: bounded times, redaction, metrics, no hidden repetition of what is not idempotent. */
@NullMarked
package dev.shedmaster.http;

import org.jspecify.annotations.NullMarked;
