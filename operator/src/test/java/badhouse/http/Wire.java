package badhouse.http;

import badhouse.ci.one.Alpha;
import badhouse.port.Hatch;

/** Knows an adapter, and makes a circle with port. */
public record Wire(Hatch hatch, Alpha alpha) {}
