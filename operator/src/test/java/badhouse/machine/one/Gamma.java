package badhouse.machine.one;

import badhouse.kube.Shell;
import badhouse.machine.two.Delta;

/** Knows another provider and the shell. */
public record Gamma(Delta delta, Shell shell) {}
