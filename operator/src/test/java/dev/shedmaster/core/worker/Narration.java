package dev.shedmaster.core.worker;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Tells a {@link Transition} in the words of a log, one fact a line. */
final class Narration {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private Narration() {}

    static List<String> of(WorkerLife before, Transition transition) {
        List<String> told = new ArrayList<>();
        WorkerLife life = transition.life();
        if (transition.passed().isEmpty()) {
            told.add("stays " + of(life.state()));
        }
        transition.passed().forEach(state -> told.add("→ " + of(state)));
        if (life.jobsDone() != before.jobsDone()) {
            told.add("jobs done: " + life.jobsDone());
        }
        if (transition.storeFirst(before)) {
            told.add("store, then");
        }
        transition.effects().forEach(effect -> told.add("do " + of(effect)));
        if (transition.overdue()) {
            told.add("overdue");
        }
        Instant lookAgain = transition.lookAgain();
        told.add(lookAgain == null ? "look again when told" : "look again at " + TIME.format(lookAgain));
        return told;
    }

    static String of(WorkerState state) {
        return state.phase() + ": " + state.waitsFor();
    }

    static String of(WorkerEffect effect) {
        return switch (effect) {
            case WorkerEffect.AskForMachine ask -> "ask for " + ask.offering().describe();
            case WorkerEffect.LookAtMachine l -> "look at the machine";
            case WorkerEffect.LookAtAgent l -> "look at the agent";
            case WorkerEffect.StopAccepting s -> "stop accepting (" + s.why() + ")";
            case WorkerEffect.AcceptAgain a -> "accept again";
            case WorkerEffect.Retire r -> "retire (" + r.why() + ")";
            case WorkerEffect.DeleteMachine d -> "delete the machine";
            case WorkerEffect.RemoveAgent r -> "remove the agent";
            case WorkerEffect.Forget f -> f.leavesAgent() ? "forget, and leave the agent" : "forget";
        };
    }
}
