package dev.shedmaster.lab.jenkins.controller;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Why an item waits, in every language. */
public sealed interface Why {

    /** One reason. */
    record Because(Text text, List<String> arguments) implements Why {}

    /** Each idle node's own refusal. */
    record Together(List<Why> refusals) implements Why {}

    /** What another plugin says, which speaks English only. */
    record Plugin(String text) implements Why {}

    static Why because(Text text, Object... arguments) {
        return new Because(text, Arrays.stream(arguments).map(String::valueOf).toList());
    }

    /** The sentence; several refusals are sorted, each is said once, with semicolons between. */
    default String in(Language language) {
        return switch (this) {
            case Because(Text text, List<String> arguments) -> text.with(language, arguments);
            case Plugin(String text) -> text;
            case Together(List<Why> refusals) -> {
                TreeSet<String> sentences = new TreeSet<>();
                refusals.forEach(refusal -> sentences.add(refusal.in(language)));
                yield String.join("; ", sentences);
            }
        };
    }

    /** The sentences. The English ones are the protocol; the others only show that there are others. */
    enum Text {
        QUIET_PERIOD(
                "In the quiet period. Expires in {0}",
                "Ruhezeit vor dem Bau. Noch {0}", "En attente avant le d\u00e9part. Encore {0}"),
        FINISHED_WAITING("Finished waiting", "Wartezeit beendet", "Attente termin\u00e9e"),
        ABOUT_TO_SHUT_DOWN(
                "Jenkins is about to shut down", "Jenkins wird gleich beendet", "Jenkins va s\u2019arr\u00eater"),
        NEXT_EXECUTOR(
                "Waiting for next available executor",
                "Wartet auf einen freien Platz",
                "En attente d\u2019un ex\u00e9cuteur libre"),
        NEXT_EXECUTOR_ON(
                "Waiting for next available executor on \u2018{0}\u2019",
                "Wartet auf einen freien Platz auf \u2018{0}\u2019",
                "En attente d\u2019un ex\u00e9cuteur libre sur \u2018{0}\u2019"),
        LABEL_HAS_NO_NODES(
                "There are no nodes with the label \u2018{0}\u2019",
                "Kein Knoten tr\u00e4gt das Label \u2018{0}\u2019",
                "Aucun n\u0153ud ne porte le libell\u00e9 \u2018{0}\u2019"),
        ALL_NODES_OFFLINE(
                "All nodes of label \u2018{0}\u2019 are offline",
                "Kein Knoten des Labels \u2018{0}\u2019 ist erreichbar",
                "Tous les n\u0153uds du libell\u00e9 \u2018{0}\u2019 sont d\u00e9connect\u00e9s"),
        NODE_OFFLINE(
                "\u2018{0}\u2019 is offline",
                "\u2018{0}\u2019 ist nicht erreichbar", "\u2018{0}\u2019 est d\u00e9connect\u00e9"),
        LABEL_MISSING(
                "\u2018{0}\u2019 doesn\u2019t have label \u2018{1}\u2019",
                "\u2018{0}\u2019 tr\u00e4gt das Label \u2018{1}\u2019 nicht",
                "\u2018{0}\u2019 ne porte pas le libell\u00e9 \u2018{1}\u2019"),
        NODE_IS_RESERVED(
                "\u2018{0}\u2019 is reserved for jobs with matching label expression",
                "\u2018{0}\u2019 nimmt nur Jobs mit passendem Label",
                "\u2018{0}\u2019 ne prend que les jobs au libell\u00e9 correspondant"),
        BUILD_IN_PROGRESS(
                "Build #{0} is already in progress (ETA: {1})",
                "Build #{0} l\u00e4uft schon (noch {1})", "Le build #{0} est d\u00e9j\u00e0 en cours (encore {1})"),
        IN_PROGRESS(
                "A build is already in progress", "Ein Build l\u00e4uft schon", "Un build est d\u00e9j\u00e0 en cours");

        private final String english;
        private final String german;
        private final String french;

        Text(String english, String german, String french) {
            this.english = english;
            this.german = german;
            this.french = french;
        }

        private String with(Language language, List<String> arguments) {
            String sentence = switch (language) {
                case ENGLISH -> english;
                case GERMAN -> german;
                case FRENCH -> french;
            };
            for (int i = 0; i < arguments.size(); i++) {
                sentence = sentence.replace("{" + i + "}", arguments.get(i));
            }
            return sentence;
        }
    }
}
