@NullMarked
package dev.shedmaster.lab.azure.time;

import org.jspecify.annotations.NullMarked;
