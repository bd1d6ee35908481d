/** What a machine is told at its first boot: templates, their variables and how they are escaped. */
@NullMarked
package dev.shedmaster.bootstrap;

import org.jspecify.annotations.NullMarked;
