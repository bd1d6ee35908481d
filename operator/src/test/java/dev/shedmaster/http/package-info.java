@NullMarked
package dev.shedmaster.http;

import org.jspecify.annotations.NullMarked;
