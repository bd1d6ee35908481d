package dev.shedmaster.controlplane;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Control planes of the programs that go.mod pins, whatever else the machine has. */
final class Builds {

    private Builds() {}

    static ControlPlane start(UnaryOperator<ControlPlane.Options> wishes) {
        ControlPlane.Options options = wishes.apply(ControlPlane.Options.defaults());
        return new SourceChain(List.of(source(options)), options.log()).open();
    }

    static Binaries binaries() {
        String output = source(ControlPlane.Options.defaults()).build().output();
        return new Binaries(Path.of(output.lines().toList().getLast()));
    }

    /** A folder as KUBE_API_TEST_DIR names it. */
    static Path testFolder() {
        return binaries().folder().resolve("../..").normalize();
    }

    private static BuiltBinariesSource source(ControlPlane.Options options) {
        return new BuiltBinariesSource(new Surroundings(options.environment()), options);
    }
}
