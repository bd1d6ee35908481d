package dev.shedmaster.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that was built. */
final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"shedmaster " + (version == null ? "(not packaged)" : version)};
    }
}
