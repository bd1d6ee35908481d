@NullMarked
package dev.shedmaster.bench.rules;

import org.jspecify.annotations.NullMarked;
