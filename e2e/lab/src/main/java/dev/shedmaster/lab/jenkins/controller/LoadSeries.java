package dev.shedmaster.lab.jenkins.controller;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The moving averages of a label's load: each value in three time scales. */
public final class LoadSeries {
    private static final float DECAY = 0.9f;

    /** What is averaged, under the names of the export. */
    public enum Value {
        AVAILABLE("availableExecutors"),
        BUSY("busyExecutors"),
        CONNECTING("connectingExecutors"),
        DEFINED("definedExecutors"),
        IDLE("idleExecutors"),
        ONLINE("onlineExecutors"),
        QUEUE("queueLength"),
        TOTAL("totalExecutors");

        private final String exportedName;

        Value(String exportedName) {
            this.exportedName = exportedName;
        }

        public String exportedName() {
            return exportedName;
        }
    }

    /** One value on one time scale, newest first. */
    public static final class Scale {
        private final Deque<Float> history = new ArrayDeque<>(List.of(0.0f));
        private final int longest;

        private Scale(int longest) {
            this.longest = longest;
        }

        private void update(float value) {
            history.addFirst(history.getFirst() * DECAY + value * (1 - DECAY));
            if (history.size() > longest) {
                history.removeLast();
            }
        }

        /** A copy of the averages, newest first, never empty. */
        List<Float> copy() {
            return new ArrayList<>(history);
        }
    }

    private static final class ThreeScales {
        private final Scale sec10 = new Scale(6 * 60);
        private final Scale min = new Scale(60 * 24);
        private final Scale hour = new Scale(24 * 28);
    }

    private final Map<Value, ThreeScales> series = new EnumMap<>(Value.class);
    private int ticks;

    LoadSeries() {
        for (Value value : Value.values()) {
            series.put(value, new ThreeScales());
        }
    }

    /** Takes in the present values: one tick of the statistics' clock. */
    void update(Map<Value, Integer> present) {
        ticks++;
        series.forEach((value, scales) -> {
            float now = present.getOrDefault(value, 0);
            scales.sec10.update(now);
            if (ticks % 6 == 0) {
                scales.min.update(now);
            }
            if (ticks % 360 == 0) {
                scales.hour.update(now);
            }
        });
    }

    /** The histories by value, each as hour, minute and ten seconds. */
    Map<Value, Histories> copy() {
        Map<Value, Histories> copy = new EnumMap<>(Value.class);
        series.forEach((value, scales) ->
                copy.put(value, new Histories(scales.hour.copy(), scales.min.copy(), scales.sec10.copy())));
        return copy;
    }

    /** One value's averages, newest first. */
    public record Histories(List<Float> hour, List<Float> min, List<Float> sec10) {
        /** Before the first tick. */
        public static final Histories NONE = new Histories(List.of(0.0f), List.of(0.0f), List.of(0.0f));
    }
}
