package dev.shedmaster.lab.robot.web;

import java.util.random.RandomGenerator;

/** Passwords of the systems that are booted over the network. They let nobody in: the lab's servers take keys alone. */
public final class Passwords {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final RandomGenerator random;

    public Passwords(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 14; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
