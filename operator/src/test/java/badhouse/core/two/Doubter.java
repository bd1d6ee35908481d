package badhouse.core.two;

import badhouse.core.one.Thinker;

/** Makes a circle within core. */
public record Doubter(Thinker thinker) {}
