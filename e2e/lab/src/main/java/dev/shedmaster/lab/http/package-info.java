/** The HTTP doors of stand-ins: requests in, answers out, and the ways in which a connection can break. */
@NullMarked
package dev.shedmaster.lab.http;

import org.jspecify.annotations.NullMarked;
