/** What can be bought: machine sizes with their families and prices, and the images. */
@NullMarked
package dev.shedmaster.lab.azure.catalog;

import org.jspecify.annotations.NullMarked;
