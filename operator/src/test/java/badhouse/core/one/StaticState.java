package badhouse.core.one;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds what can change, in every way; the last three are allowed. */
public final class StaticState {
    static int reassigned;
    static final int[] ARRAY = new int[1];
    static final AtomicInteger COUNTER = new AtomicInteger();
    static final HashMap<String, String> MAP = new HashMap<>();
    static final ArrayList<String> LIST = new ArrayList<>();

    static final int NUMBER = 1;
    static final List<String> FIXED_LIST = List.of("a");
    static final Map<String, String> FIXED_MAP = Map.of();

    private StaticState() {}
}
