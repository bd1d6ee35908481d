@NullMarked
package dev.shedmaster.lab.robot.web;

import org.jspecify.annotations.NullMarked;
