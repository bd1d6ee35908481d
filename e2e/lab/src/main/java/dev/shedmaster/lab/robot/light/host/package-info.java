/** What a light host does in its installed system: it runs workers, as the operator's program on real servers does. */
@NullMarked
package dev.shedmaster.lab.robot.light.host;

import org.jspecify.annotations.NullMarked;
