package badhouse.web;

import badhouse.kube.Shell;

/** Knows the shell. */
public record Page(Shell shell) {}
