package dev.shedmaster.lab.robot.estate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server's next network boot brings, and what earlier ones brought. One thing can be armed; the boot uses it up:
 * afterwards only the last activation tells of it. To be used by one at a time.
 */
public final class BootConfiguration {
    private @Nullable Activation armed;
    private final Map<BootKind, List<Activation>> past = new EnumMap<>(BootKind.class);

    public Optional<Activation> armed() {
        return Optional.ofNullable(armed);
    }

    public Optional<Activation> armed(BootKind kind) {
        return armed().filter(activation -> activation.kind() == kind);
    }

    /** Replaces whatever was armed. */
    public void arm(Activation activation) {
        armed = activation;
        past.computeIfAbsent(activation.kind(), _ -> new ArrayList<>()).add(activation);
    }

    /** What was armed will not be booted; the last activation tells of it all the same. */
    public void disarm(BootKind kind) {
        armed(kind).ifPresent(_ -> armed = null);
    }

    /** A network boot takes what was armed. */
    Optional<Activation> consume() {
        Optional<Activation> taken = armed();
        armed = null;
        return taken;
    }

    /** What was booted tells its host keys. */
    void told(Activation before, Activation after) {
        past.getOrDefault(before.kind(), List.of()).replaceAll(each -> each.equals(before) ? after : each);
    }

    /** The last activation, booted or not; empty if there was none. */
    public Optional<Activation> last(BootKind kind) {
        List<Activation> all = past.getOrDefault(kind, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The last but one that was booted: what is told where Robot lags behind. */
    public Optional<Activation> beforeLast(BootKind kind) {
        List<Activation> all = past.getOrDefault(kind, List.of());
        return all.subList(0, Math.max(0, all.size() - 1)).reversed().stream()
                .filter(activation -> activation.bootTime() != null)
                .findFirst();
    }
}
