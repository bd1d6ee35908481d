/** A stand-in for a Jenkins controller: keeps state, speaks its protocol, and can be told to fail. */
@NullMarked
package dev.shedmaster.lab.jenkins;

import org.jspecify.annotations.NullMarked;
