@NullMarked
package dev.shedmaster.lab.jenkins;

import org.jspecify.annotations.NullMarked;
