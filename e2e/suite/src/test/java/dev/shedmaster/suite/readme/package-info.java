/** What README.md tells a newcomer to type, typed. */
@NullMarked
package dev.shedmaster.suite.readme;

import org.jspecify.annotations.NullMarked;
