/** Everything that a user has around the operator: a cluster, a Jenkins, an Azure, and the operator as its own process. */
@NullMarked
package dev.shedmaster.suite.world;

import org.jspecify.annotations.NullMarked;
