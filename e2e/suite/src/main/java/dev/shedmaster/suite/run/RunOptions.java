package dev.shedmaster.suite.run;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param once whether to end when the night is over
 * @param speed how many seconds of the night pass in a real one
 * @param evening the night to replay; empty takes the busiest
 * @param builds at most so many of its builds
 * @param seed the durations of the jobs depend on it
 * @param realHost whether there is an emulated server beside the simulated ones
 * @param help whether only the options are to be explained
 */
record RunOptions(
        boolean once,
        double speed,
        Optional<LocalDate> evening,
        int builds,
        long seed,
        boolean realHost,
        boolean help) {

    static final String USAGE = """
            make run [ONCE=1] [SPEED=150] [HOST=real] [ARGS="OPTION…"]

            Runs everything here: a Kubernetes control plane, stand-ins for a Jenkins, an Azure and a Robot with dedicated
            servers, the operator as a process of its own, and a night of real demand. Ends with Ctrl-C.

              --once            end when the night is over; the status is not 0 if a job was lost or anything is left
              --speed=N         seconds of the night in a real second, from 1 to 3600 (150: the night takes some 5 minutes)
              --evening=DATE    the night that begins on this day, from 2025-08-22 to 2026-08-21 (the busiest)
              --builds=N        only the first N builds of the night (all)
              --seed=N          another number gives the jobs other durations (1)
              --host=light      dedicated servers are simulated, and installed at the speed of the night
              --host=real       one more is an emulated machine, which is really written; it takes root and minutes
              --help            this text
            """;

    private static final double DEFAULT_SPEED = 150;
    private static final double MOST_SPEED = 3600;
    private static final LocalDate FIRST_EVENING = LocalDate.of(2025, 8, 22);
    private static final LocalDate LAST_EVENING = LocalDate.of(2026, 8, 21);

    static RunOptions defaults() {
        return new RunOptions(false, DEFAULT_SPEED, Optional.empty(), Integer.MAX_VALUE, 1, false, false);
    }

    /** @throws BadOption naming the option that is wrong and what it takes */
    static RunOptions parse(List<String> arguments) throws BadOption {
        RunOptions options = defaults();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            options = equals < 0
                    ? options.with(argument)
                    : options.with(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return options;
    }

    private RunOptions with(String flag) throws BadOption {
        return switch (flag) {
            case "--once" -> new RunOptions(true, speed, evening, builds, seed, realHost, help);
            case "--help", "-h" -> new RunOptions(once, speed, evening, builds, seed, realHost, true);
            case "--speed", "--evening", "--builds", "--seed", "--host" ->
                throw new BadOption(flag + " needs a value: write " + flag + "=VALUE");
            default -> throw new BadOption("unknown option '" + flag + "'; --help lists those that there are");
        };
    }

    private RunOptions with(String option, String value) throws BadOption {
        return switch (option) {
            case "--speed" -> new RunOptions(once, speed(value), evening, builds, seed, realHost, help);
            case "--evening" -> new RunOptions(once, speed, Optional.of(evening(value)), builds, seed, realHost, help);
            case "--builds" -> new RunOptions(once, speed, evening, builds(value), seed, realHost, help);
            case "--seed" -> new RunOptions(once, speed, evening, builds, seed(value), realHost, help);
            case "--host" -> new RunOptions(once, speed, evening, builds, seed, isReal(value), help);
            case "--once", "--help" -> throw new BadOption(option + " takes no value");
            default -> throw new BadOption("unknown option '" + option + "'; --help lists those that there are");
        };
    }

    private static double speed(String value) throws BadOption {
        try {
            double speed = Double.parseDouble(value);
            if (speed >= 1 && speed <= MOST_SPEED) {
                return speed;
            }
        } catch (NumberFormatException e) {
            throw wrong("--speed", "a number from 1 to 3600", value);
        }
        throw wrong("--speed", "a number from 1 to 3600", value);
    }

    private static LocalDate evening(String value) throws BadOption {
        try {
            LocalDate evening = LocalDate.parse(value);
            if (!evening.isBefore(FIRST_EVENING) && !evening.isAfter(LAST_EVENING)) {
                return evening;
            }
        } catch (DateTimeParseException e) {
            throw wrong("--evening", "a day from 2025-08-22 to 2026-08-21", value);
        }
        throw wrong("--evening", "a day from 2025-08-22 to 2026-08-21", value);
    }

    private static int builds(String value) throws BadOption {
        try {
            int builds = Integer.parseInt(value);
            if (builds >= 1) {
                return builds;
            }
        } catch (NumberFormatException e) {
            throw wrong("--builds", "a whole number from 1 on", value);
        }
        throw wrong("--builds", "a whole number from 1 on", value);
    }

    private static long seed(String value) throws BadOption {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw wrong("--seed", "a whole number", value);
        }
    }

    private static boolean isReal(String value) throws BadOption {
        return switch (value) {
            case "light" -> false;
            case "real" -> true;
            default -> throw wrong("--host", "light or real", value);
        };
    }

    private static BadOption wrong(String option, String wanted, String value) {
        return new BadOption(option + " takes " + wanted + ", not '" + value + "'");
    }

    /** An option that cannot be obeyed; the message is for the user. */
    static final class BadOption extends Exception {
        private static final long serialVersionUID = 1L;

        BadOption(String message) {
            super(message);
        }
    }
}
