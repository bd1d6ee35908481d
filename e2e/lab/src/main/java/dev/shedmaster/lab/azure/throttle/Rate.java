package dev.shedmaster.lab.azure.throttle;

/** How much a bucket holds and how fast it refills. */
public record Rate(double capacity, double perSecond) {

    public Rate {
        if (!(capacity >= 1) || !(perSecond > 0)) {
            throw new IllegalArgumentException(
                    "A bucket holds at least 1 and refills, but got capacity " + capacity + " and " + perSecond + "/s");
        }
    }

    static Rate perMinute(double refill, double capacity) {
        return new Rate(capacity, refill / 60);
    }

    Rate times(double factor) {
        return new Rate(Math.max(1, capacity * factor), perSecond * factor);
    }
}
