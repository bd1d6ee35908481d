/** Tests of the Helm chart: what it renders, what it refuses, and what it lets the operator do on a real API server. */
@NullMarked
package dev.shedmaster.suite.chart;

import org.jspecify.annotations.NullMarked;
