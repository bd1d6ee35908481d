/** SSH keys: those that people give the account, and those by which servers are known. */
@NullMarked
package dev.shedmaster.lab.robot.key;

import org.jspecify.annotations.NullMarked;
