/** Workers on a server of our own: a real Debian with systemd and sshd, in a container on the test's machine. */
@NullMarked
package dev.shedmaster.suite.host;

import org.jspecify.annotations.NullMarked;
