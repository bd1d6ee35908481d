package dev.shedmaster.core.demand;

import java.util.List;
import java.util.Set;

/** The job asks for nothing: any worker will do that is not reserved for labelled jobs. */
public record Unlabelled() implements Requirement {

    @Override
    public boolean servedBy(Set<String> labels, boolean exclusive) {
        return !exclusive;
    }

    @Override
    public String describe() {
        return "any label";
    }

    @Override
    public List<String> unmetBy(Set<String> labels, boolean exclusive) {
        return exclusive ? List.of("takes only jobs that name one of its labels") : List.of();
    }
}
