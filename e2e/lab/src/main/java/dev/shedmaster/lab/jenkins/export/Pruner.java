package dev.shedmaster.lab.jenkins.export;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which properties of an object are shown, and what of the objects behind them. */
public sealed interface Pruner {

    /** What to show of the property's value; null to leave the property out. */
    @Nullable
    Pruner into(String property, int visibility, boolean inline);

    /** Cuts by distance: the default, with {@code depth=0}. */
    record ByDepth(int distance) implements Pruner {
        /** For the object that was asked for. */
        public static ByDepth of(int depth) {
            return new ByDepth(1 - depth);
        }

        @Override
        public @Nullable Pruner into(String property, int visibility, boolean inline) {
            if (visibility < distance) {
                return null;
            }
            return inline ? this : new ByDepth(distance + 1);
        }
    }

    /**
     * Shows exactly what was named.
     *
     * @param children by property name; {@code *} stands for every other name
     * @param from the first element of an array to show
     * @param to the element of an array to stop before
     */
    record ByTree(Map<String, ByTree> children, int from, int to) implements Pruner {
        @Override
        public @Nullable Pruner into(String property, int visibility, boolean inline) {
            ByTree named = children.get(property);
            return named != null ? named : children.get("*");
        }
    }
}
