/** What the operator shows over HTTP: metrics and health. */
@NullMarked
package dev.shedmaster.web;

import org.jspecify.annotations.NullMarked;
