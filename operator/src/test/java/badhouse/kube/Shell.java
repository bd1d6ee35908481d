package badhouse.kube;

import badhouse.cli.Root;
import badhouse.web.Page;

/** Knows what is above it. */
public record Shell(Page page, Root root) {}
