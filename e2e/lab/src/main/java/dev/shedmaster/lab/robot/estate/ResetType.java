package dev.shedmaster.lab.robot.estate;

import java.util.Arrays;
import java.util.Optional;

/** How Robot can reset a server, by its words. */
public enum ResetType {
    /** Ctrl+Alt+Del. */
    SOFTWARE("sw"),
    /** The reset button. */
    HARDWARE("hw"),
    /** The power button, pressed shortly. */
    POWER("power"),
    /** The power button, held. */
    POWER_LONG("power_long"),
    /** A technician. */
    MANUAL("man");

    private final String word;

    ResetType(String word) {
        this.word = word;
    }

    public static Optional<ResetType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    public String word() {
        return word;
    }

    /** Does it. */
    public void reset(DedicatedServer server) {
        ServerPower power = server.power();
        switch (this) {
            case SOFTWARE -> power.pressCtrlAltDel();
            case HARDWARE -> power.pressReset();
            case POWER -> power.pressPower();
            case POWER_LONG -> power.cut();
            case MANUAL -> power.callTechnician();
        }
    }
}
