/** Who may do what. */
@NullMarked
package dev.shedmaster.lab.jenkins.access;

import org.jspecify.annotations.NullMarked;
