package dev.shedmaster.machine.host;

import dev.shedmaster.port.MachineName;

/**
 * The network of one worker on its server: four addresses of its own and an interface of the server's. It follows from
 * the worker's name, so that it is known before the worker is started and nobody keeps account of what is taken.
 *
 * @param interfaceName of the server's end of the veth pair, or of the tap device
 * @param gateway the server's address on it
 * @param address the guest's
 */
public record GuestNetwork(String interfaceName, String gateway, String address) {
    /** The guest's network is {@code address/30}. */
    public static final int PREFIX_LENGTH = 30;

    /** 100.64.0.0/10 is for networks behind a provider's NAT: neither the Internet nor anybody's office uses it. */
    private static final int BASE = 100 << 24 | 64 << 16;

    private static final int NETWORKS = 1 << (PREFIX_LENGTH - 10);
    private static final int RADIX = 32;

    /** The network of the worker of that name. */
    public static GuestNetwork of(MachineName name) {
        long number = 0;
        for (char digit : name.suffix().toCharArray()) {
            number = number * RADIX + (digit >= 'a' ? digit - 'a' : digit - '2' + 26);
        }
        int first = BASE + (int) (number % NETWORKS) * 4;
        return new GuestNetwork("sm-" + name.suffix(), dotted(first + 1), dotted(first + 2));
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }
}
