@NullMarked
package dev.shedmaster.lab;

import org.jspecify.annotations.NullMarked;
