/** The controller's face: addresses, users, permissions, faults. */
@NullMarked
package dev.shedmaster.lab.jenkins.web;

import org.jspecify.annotations.NullMarked;
