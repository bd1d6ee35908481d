/** What tests of the running operator share: a cluster, a world for each of them, and a look at everything when one fails. */
@NullMarked
package dev.shedmaster.suite.trial;

import org.jspecify.annotations.NullMarked;
