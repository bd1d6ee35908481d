/** How a controller's objects become JSON: properties with a visibility, cut by depth or by a tree expression. */
@NullMarked
package dev.shedmaster.lab.jenkins.export;

import org.jspecify.annotations.NullMarked;
