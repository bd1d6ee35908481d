package dev.shedmaster.core.slot;

import java.util.List;

/**
 * Who gets which slot.
 *
 * @param answers one for each request, in the order in which they were made
 * @param after what is left then
 */
public record SlotPlan(List<SlotAnswer> answers, SlotLedger after) {
    public SlotPlan {
        answers = List.copyOf(answers);
    }
}
