package dev.shedmaster.lab.guest;

import dev.shedmaster.lab.agent.AgentDescription;
import dev.shedmaster.lab.guest.AgentUnit.OnExit;
import dev.shedmaster.lab.guest.GuestSystem.GuestFile;
import dev.shedmaster.lab.guest.GuestSystem.UnitState;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks whether the booted system would bring the agent up, by the contract between the boot configuration and the worker: the environment file
 * {@value #ENVIRONMENT} and the unit {@value #UNIT}. Every reason why not goes to the boot log.
 */
final class AgentInspection {
    static final String ENVIRONMENT = "/etc/shedmaster/agent.env";
    static final String UNIT = "shedmaster-agent.service";
    private static final List<String> KEYS = List.of(
            "JENKINS_URL", "JENKINS_AGENT_NAME", "JENKINS_SECRET", "JENKINS_WEB_SOCKET", "JENKINS_AGENT_WORKDIR");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{?([A-Za-z_][A-Za-z0-9_]*)\\}?");
    /** The agent's own ways to say how long it tries to get a lost connection back. */
    private static final Pattern RECONNECTING =
            Pattern.compile("(?<=\\s)-noReconnect(?:After\\s+(?<count>\\d+)(?<unit>[smhd]))?(?=\\s|$)");

    private static final Pattern SECONDS = Pattern.compile("(\\d+)(?:s|sec)?");

    private final GuestSystem system;
    private final BootLog log;
    private boolean good = true;

    private AgentInspection(GuestSystem system, BootLog log) {
        this.system = system;
        this.log = log;
    }

    /** The agent that comes up; empty, with the reasons in the log, when none does. */
    static Optional<AgentUnit> inspect(GuestSystem system, BootLog log) {
        return new AgentInspection(system, log).inspect();
    }

    private Optional<AgentUnit> inspect() {
        Map<String, String> environment = environment();
        SystemdUnit unit = SystemdUnit.parse(system.unit(UNIT).orElse(""));
        unit(unit, environment);
        if (!good) {
            return Optional.empty();
        }
        AgentDescription description = new AgentDescription(
                URI.create(value(environment, "JENKINS_URL")),
                value(environment, "JENKINS_AGENT_NAME"),
                value(environment, "JENKINS_SECRET"),
                value(environment, "JENKINS_AGENT_WORKDIR"),
                reconnectsFor(unit));
        return Optional.of(new AgentUnit(description, onExit(unit), restartAfter(unit)));
    }

    private void bad(String why) {
        good = false;
        log.say("systemd", UNIT + ": " + why);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        GuestFile file = system.file(ENVIRONMENT).orElse(null);
        if (file == null) {
            bad("Failed to load environment files: " + ENVIRONMENT + ": No such file or directory");
            return environment;
        }
        if (file.mode() != 0600) {
            bad(ENVIRONMENT + " has mode " + file.modeText() + " but holds a secret: it must be 0600");
        }
        int number = 0;
        for (String raw : file.text().split("\r?\n", -1)) {
            number++;
            String line = raw.strip();
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (equals < 1) {
                bad(ENVIRONMENT + " line " + number + " is not KEY=VALUE");
                continue;
            }
            environment.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
        }
        for (String key : KEYS) {
            if (value(environment, key).isBlank()) {
                bad(ENVIRONMENT + " lacks " + key);
            }
        }
        checkValues(environment);
        return environment;
    }

    private void checkValues(Map<String, String> environment) {
        String webSocket = value(environment, "JENKINS_WEB_SOCKET");
        if (!webSocket.isBlank() && !webSocket.equals("true")) {
            bad("JENKINS_WEB_SOCKET must be true, but is '" + webSocket + "': the controller has no TCP agent port");
        }
        String url = value(environment, "JENKINS_URL");
        if (!url.isBlank() && !isHttpUrl(url)) {
            bad("JENKINS_URL is '" + url + "', which is no http or https address");
        }
        String workDir = value(environment, "JENKINS_AGENT_WORKDIR");
        if (!workDir.isBlank() && !workDir.startsWith("/")) {
            bad("JENKINS_AGENT_WORKDIR is '" + workDir + "', which is no absolute path");
        }
    }

    private static boolean isHttpUrl(String url) {
        try {
            URI uri = URI.create(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }

    private static String value(Map<String, String> environment, String key) {
        return environment.getOrDefault(key, "");
    }

    private static String unquoted(String value) {
        String text = value.strip();
        boolean quoted = text.length() >= 2
                && ((text.startsWith("\"") && text.endsWith("\"")) || (text.startsWith("'") && text.endsWith("'")));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private void unit(SystemdUnit unit, Map<String, String> environment) {
        if (system.unit(UNIT).isEmpty()) {
            bad("Unit " + UNIT + " not found: the boot configuration does not write it");
            return;
        }
        if (system.state(UNIT) instanceof UnitState.NotStarted notStarted) {
            bad("not started: " + notStarted.why());
        }
        List<String> commands = unit.all("Service", "ExecStart");
        if (commands.isEmpty()) {
            bad("Service has no ExecStart= setting. Refusing.");
        } else if (commands.stream().noneMatch(command -> command.contains("agent"))) {
            bad("ExecStart does not run the agent: " + commands.getFirst());
        }
        List<String> files = unit.all("Service", "EnvironmentFile");
        if (!files.contains(ENVIRONMENT) && !files.contains("-" + ENVIRONMENT)) {
            bad("[Service] has no EnvironmentFile=" + ENVIRONMENT + ", so the agent gets no settings");
        }
        checkVariables(unit, commands, environment);
    }

    /** systemd puts nothing in the place of a variable that is not set: the agent would start with an empty argument. */
    private void checkVariables(SystemdUnit unit, List<String> commands, Map<String, String> environment) {
        List<String> known = new ArrayList<>(environment.keySet());
        unit.all("Service", "Environment")
                .forEach(setting -> known.add(unquoted(setting).split("=", 2)[0].replace("\"", "")));
        known.addAll(List.of(
                "MAINPID", "HOME", "PATH", "USER", "SHELL", "INVOCATION_ID", "RUNTIME_DIRECTORY", "STATE_DIRECTORY"));
        for (String command : commands) {
            Matcher variable = VARIABLE.matcher(command);
            while (variable.find()) {
                if (!known.contains(variable.group(1))) {
                    bad("Referenced but unset environment variable evaluates to an empty string: " + variable.group(1));
                }
            }
        }
    }

    private static Optional<Duration> reconnectsFor(SystemdUnit unit) {
        return unit.all("Service", "ExecStart").stream()
                .map(RECONNECTING::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(found -> found.group("count") == null
                        ? Duration.ZERO
                        : Duration.of(Long.parseLong(found.group("count")), chronoUnit(found.group("unit"))));
    }

    private static ChronoUnit chronoUnit(String letter) {
        return switch (letter) {
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            case "d" -> ChronoUnit.DAYS;
            default -> throw new IllegalArgumentException("no unit of time: " + letter);
        };
    }

    private static OnExit onExit(SystemdUnit unit) {
        boolean powersOff =
                unit.all("Service", "ExecStopPost").stream().anyMatch(command -> command.contains("poweroff"))
                        || unit.last("Unit", "SuccessAction")
                                .filter(action -> action.startsWith("poweroff"))
                                .isPresent();
        if (powersOff) {
            return OnExit.POWER_OFF;
        }
        return switch (unit.last("Service", "Restart").orElse("no")) {
            case "always" -> OnExit.RESTART;
            case "on-failure", "on-abnormal" -> OnExit.RESTART_ON_FAILURE;
            default -> OnExit.NOTHING;
        };
    }

    private static Duration restartAfter(SystemdUnit unit) {
        Matcher seconds = SECONDS.matcher(unit.last("Service", "RestartSec").orElse("1"));
        return seconds.matches() ? Duration.ofSeconds(Long.parseLong(seconds.group(1))) : Duration.ofSeconds(1);
    }
}
