package badhouse.core.one;

/** Its name says nothing. */
public class ThingUtils {}
