/** What images of workers a host has, and which ones it fetches and lets go. */
@NullMarked
package dev.shedmaster.core.stock;

import org.jspecify.annotations.NullMarked;
