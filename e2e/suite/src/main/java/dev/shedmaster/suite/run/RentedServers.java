package dev.shedmaster.suite.run;

import dev.shedmaster.lab.robot.RobotStandIn;
import dev.shedmaster.lab.robot.estate.ServerSpec;
import dev.shedmaster.suite.world.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers of the night, rented at the lab's Robot and blank, as they are handed over: simulated ones, which
 * {@code examples/lab} makes hosts of, and an emulated one where that is wanted.
 */
final class RentedServers implements AutoCloseable {
    private static final List<Integer> RX220 = List.of(321_001, 321_002);
    private static final int AX162 = 321_003;

    private final @Nullable EmulatedHost emulated;

    private RentedServers(@Nullable EmulatedHost emulated) {
        this.emulated = emulated;
    }

    static RentedServers light(RobotStandIn robot) {
        RX220.forEach(robot::rent);
        robot.rent(address -> ServerSpec.ax162(AX162, address));
        return new RentedServers(null);
    }

    /** With an emulated one beside them: see {@link EmulatedHost#rent}. */
    static RentedServers withEmulated(Lab lab, Path repository, Path folder) throws IOException {
        light(lab.robot());
        return new RentedServers(EmulatedHost.rent(lab, repository, folder));
    }

    Optional<EmulatedHost> emulated() {
        return Optional.ofNullable(emulated);
    }

    @Override
    public void close() {
        if (emulated != null) {
            emulated.close();
        }
    }
}
