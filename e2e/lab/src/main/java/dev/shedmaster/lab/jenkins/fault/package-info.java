/** What can be made to go wrong. */
@NullMarked
package dev.shedmaster.lab.jenkins.fault;

import org.jspecify.annotations.NullMarked;
