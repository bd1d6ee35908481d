/** What the golden lives of workers and of hosts have in common. */
@NullMarked
package dev.shedmaster.core.story;

import org.jspecify.annotations.NullMarked;
