/** Azure Resource Manager's surface: routes, checks of bodies, shapes of answers. */
@NullMarked
package dev.shedmaster.lab.azure.arm;

import org.jspecify.annotations.NullMarked;
