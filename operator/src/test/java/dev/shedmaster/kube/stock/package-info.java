@NullMarked
package dev.shedmaster.kube.stock;

import org.jspecify.annotations.NullMarked;
