/** What exists in the stand-in's subscription, and how it lives: machines, their parts, quota, capacity, operations and bills. */
@NullMarked
package dev.shedmaster.lab.azure.estate;

import org.jspecify.annotations.NullMarked;
