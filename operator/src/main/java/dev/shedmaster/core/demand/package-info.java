/** What waits: queued jobs and what each of them needs from a worker. */
@NullMarked
package dev.shedmaster.core.demand;

import org.jspecify.annotations.NullMarked;
