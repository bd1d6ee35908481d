/** Robot's resources: forms in, JSON out, errors as they are documented. */
@NullMarked
package dev.shedmaster.lab.robot.web;

import org.jspecify.annotations.NullMarked;
