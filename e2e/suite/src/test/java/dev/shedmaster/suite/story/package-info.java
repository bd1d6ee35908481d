/** What users say that the whole does, one test a sentence. */
@NullMarked
package dev.shedmaster.suite.story;

import org.jspecify.annotations.NullMarked;
