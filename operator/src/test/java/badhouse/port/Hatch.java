package badhouse.port;

import badhouse.http.Wire;
import org.slf4j.Logger;

/** A port that knows a room above it and a library. */
public record Hatch(Wire wire, Logger logger) {}
