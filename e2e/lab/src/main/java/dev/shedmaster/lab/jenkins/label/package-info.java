/** The language in which jobs say what nodes they need, as the controller reads it. */
@NullMarked
package dev.shedmaster.lab.jenkins.label;

import org.jspecify.annotations.NullMarked;
