/** Jenkins as a CI system: its queue as demand, its nodes as the registrations of our workers. */
@NullMarked
package dev.shedmaster.ci.jenkins;

import org.jspecify.annotations.NullMarked;
