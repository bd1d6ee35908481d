package badhouse.ci.two;

/** Is known by another adapter. */
public record Beta() {}
