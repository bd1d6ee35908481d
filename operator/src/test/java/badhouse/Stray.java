package badhouse;

/** Lives in no room. */
public class Stray {}
