@NullMarked
package dev.shedmaster.lab.jenkins.label;

import org.jspecify.annotations.NullMarked;
