/** Everything that can go wrong around the operator, and that nothing is lost by it. */
@NullMarked
package dev.shedmaster.suite.fault;

import org.jspecify.annotations.NullMarked;
