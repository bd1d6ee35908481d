package badhouse.machine.two;

/** Is known by another adapter. */
public record Delta() {}
