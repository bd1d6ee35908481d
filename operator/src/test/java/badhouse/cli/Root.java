package badhouse.cli;

/** The composition root, known by a room below it. */
public record Root() {}
