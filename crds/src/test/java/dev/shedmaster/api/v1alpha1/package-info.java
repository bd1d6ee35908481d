@NullMarked
package dev.shedmaster.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
