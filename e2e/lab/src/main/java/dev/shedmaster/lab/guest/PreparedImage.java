package dev.shedmaster.lab.guest;

import dev.shedmaster.lab.guest.GuestSystem.GuestFile;
import dev.shedmaster.lab.guest.GuestSystem.UnitState;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The system of a worker's own image: its unit starts the agent with the settings that it is given as a file. */
final class PreparedImage {
    private static final String SETTINGS = "agent.env";
    private static final String UNIT = """
            [Service]
            EnvironmentFile=%s
            ExecStart=/usr/local/bin/agent -url ${JENKINS_URL} -name ${JENKINS_AGENT_NAME} -noReconnectAfter 24h
            ExecStopPost=/usr/bin/systemctl --no-block poweroff
            """.formatted(AgentInspection.ENVIRONMENT);

    private PreparedImage() {}

    static GuestSystem with(Map<String, byte[]> files, BootLog log) {
        GuestSystem system = new GuestSystem();
        system.unit(AgentInspection.UNIT, UNIT);
        system.state(AgentInspection.UNIT, new UnitState.Started());
        byte[] settings = files.get(SETTINGS);
        if (settings == null) {
            log.say("systemd", "no " + SETTINGS + " among the files " + files.keySet());
        } else {
            system.write(
                    AgentInspection.ENVIRONMENT, new GuestFile(0600, new String(settings, StandardCharsets.UTF_8)));
        }
        return system;
    }
}
