/** Tests of the operator as it is packaged: {@code operator/target/dist}. */
@NullMarked
package dev.shedmaster.suite.dist;

import org.jspecify.annotations.NullMarked;
