package dev.shedmaster.controlplane;

import java.util.List;
import java.util.function.UnaryOperator;

/** Control planes of the programs that go.mod pins, whatever else the machine has. */
final class Builds {

    static final String KUBERNETES = "v1.37.2";

    private Builds() {}

    static ControlPlane start(UnaryOperator<ControlPlane.Options> wishes) {
        ControlPlane.Options options = wishes.apply(ControlPlane.Options.defaults());
        Surroundings surroundings = new Surroundings(options.environment());
        return new SourceChain(List.of(new BuiltBinariesSource(surroundings, options)), options.log()).open();
    }
}
