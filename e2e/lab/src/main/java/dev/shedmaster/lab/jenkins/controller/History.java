package dev.shedmaster.lab.jenkins.controller;

import java.util.ArrayList;
import java.util.List;

/** All work that ever needed an executor, in the order in which it was asked for. Guarded by the controller's lock. */
final class History {
    private final List<WorkRecord> records = new ArrayList<>();

    void add(WorkRecord record) {
        records.add(record);
    }

    List<WorkRecord> all() {
        return new ArrayList<>(records);
    }
}
