package dev.shedmaster.suite.run;

/** Where a person watches the night. */
interface Screen extends AutoCloseable {

    void show(NightState state);

    /** What was shown last stays; what is printed from now on comes under it. */
    @Override
    void close();
}
