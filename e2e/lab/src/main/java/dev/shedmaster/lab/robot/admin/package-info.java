/** The lab's own endpoints, which no landlord has: state, servers, power cuts, faults. */
@NullMarked
package dev.shedmaster.lab.robot.admin;

import org.jspecify.annotations.NullMarked;
