/** The commands that a person runs beside the operator, whole: as processes of their own, on a real API server. */
@NullMarked
package dev.shedmaster.suite.command;

import org.jspecify.annotations.NullMarked;
