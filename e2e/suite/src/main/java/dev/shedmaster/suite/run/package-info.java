/** {@code make run}: a person watches a night of real demand go by. */
@NullMarked
package dev.shedmaster.suite.run;

import org.jspecify.annotations.NullMarked;
