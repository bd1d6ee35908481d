package badhouse.ssh;

import badhouse.ci.one.Alpha;

/** Knows an adapter. */
public record Tunnel(Alpha alpha) {}
