/** The controller's state: queue, nodes, jobs, builds, and the rules by which they change. */
@NullMarked
package dev.shedmaster.lab.jenkins.controller;

import org.jspecify.annotations.NullMarked;
