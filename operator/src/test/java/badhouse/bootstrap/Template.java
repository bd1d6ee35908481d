package badhouse.bootstrap;

import badhouse.http.Wire;

/** Knows how requests are made. */
public record Template(Wire wire) {}
