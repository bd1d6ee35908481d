/** The HTTP door of the stand-in: requests in, answers out, and the ways in which a connection can break. */
@NullMarked
package dev.shedmaster.lab.azure.http;

import org.jspecify.annotations.NullMarked;
