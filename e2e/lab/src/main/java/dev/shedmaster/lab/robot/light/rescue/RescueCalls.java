package dev.shedmaster.lab.robot.light.rescue;

import dev.shedmaster.lab.robot.light.ImageSource;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.light.Refusal;
import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.CommandCall;
import dev.shedmaster.lab.robot.system.CommandResult;
import dev.shedmaster.lab.robot.system.ServerSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operator's program for rescue systems, which comes along with each call under the name {@value #NAME}. What was begun in a boot
 * ends with it.
 */
public final class RescueCalls implements ServerSystem {
    /** What the program calls itself. */
    public static final String NAME = "shedmaster-rescue";

    private static final String VERBS = "inspect, disks, install, keys or wipe";

    private final BootedServer server;
    private final String hostname;
    private final LightOptions options;
    private final ImageSource images;
    private final HardwareDocument document;
    private @Nullable Writing writing;
    private @Nullable Wiping wiping;

    /** @param hostname {@code rescue} in a rescue system, where alone anything is destroyed */
    public RescueCalls(BootedServer server, String hostname, LightOptions options, ImageSource images) {
        this.server = server;
        this.hostname = hostname;
        this.options = options;
        this.images = images;
        this.document = new HardwareDocument(server, hostname);
    }

    @Override
    public CommandResult run(CommandCall call) {
        String input = text(call);
        try {
            return server.locked(() -> answer(call.scriptArguments(), input));
        } catch (Refusal refusal) {
            return refusal.result();
        }
    }

    private static String text(CommandCall call) {
        try {
            return new String(call.input().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private CommandResult answer(List<String> arguments, String input) {
        if (arguments.isEmpty()) {
            throw new Refusal(3, "say what to do: " + VERBS);
        }
        return switch (arguments.getFirst()) {
            case "inspect" -> CommandResult.succeeded(document.text(false));
            case "disks" ->
                CommandResult.succeeded(document.text(true))
                        .after(options.timings()
                                .examination()
                                .multipliedBy(server.disks().size()));
            case "install" -> install(input);
            case "keys" -> keys();
            case "wipe" -> wipe();
            default -> throw new Refusal(3, "'" + arguments.getFirst() + "' is nothing that can be done: " + VERBS);
        };
    }

    private CommandResult install(String input) {
        checkPlace();
        if (writing == null) {
            writing = new Writing(server, InstallOrder.parse(input), options, images);
            writing.begin();
        }
        return writing.tell();
    }

    private CommandResult wipe() {
        checkPlace();
        if (wiping == null) {
            wiping = new Wiping(server, options.timings().wiping());
            wiping.begin();
        }
        return wiping.tell();
    }

    private void checkPlace() {
        if (!hostname.equals("rescue")) {
            throw new Refusal(5, "this is " + hostname + " and no rescue system");
        }
    }

    private CommandResult keys() {
        if (writing == null || !writing.hasEnded()) {
            throw new Refusal(5, "nothing was installed in this boot");
        }
        List<String> keys = writing.hostKeys()
                .orElseThrow(
                        () -> new Refusal(1, "cat: /run/shedmaster-rescue/install/keys: No such file or directory"));
        return CommandResult.succeeded(String.join("\n", keys) + "\n");
    }
}
