@NullMarked
package dev.shedmaster.ci.jenkins;

import org.jspecify.annotations.NullMarked;
