package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.system.Hardware;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server is, from the day it is handed over.
 *
 * @param name what it is called at first; may be empty
 * @param product what it was sold as
 * @param dataCenter where it stands
 * @param address its main IPv4; null for one without
 * @param net6 its IPv6 network, which ends with {@code ::}
 * @param architecture what {@code uname -m} says in it
 * @param hardware what it is made of
 * @param resets Robot's words for how it can be reset, such as {@code hw}
 * @param isPowerRead whether Robot can tell if it runs
 * @param isWakable whether it wakes by a packet over the network
 */
public record ServerSpec(
        int number,
        String name,
        String product,
        String dataCenter,
        @Nullable String address,
        String net6,
        String architecture,
        Hardware hardware,
        List<String> resets,
        boolean isPowerRead,
        boolean isWakable) {

    public ServerSpec {
        resets = List.copyOf(resets);
    }

    /** An RX220. Which resets this model has is not known for sure; these are the ones that most have. */
    public static ServerSpec rx220(int number, @Nullable String address) {
        return new ServerSpec(
                number,
                "",
                "RX220",
                "FSN1-DC16",
                address,
                "2001:db8:" + Integer.toHexString(number >>> 16) + ":" + Integer.toHexString(number & 0xffff) + "::",
                "aarch64",
                Hardware.rx220(number),
                List.of("sw", "hw", "man"),
                false,
                false);
    }

    /** An x86 server with all that Robot can do to one. */
    public static ServerSpec ax41(int number, @Nullable String address) {
        return rx220(number, address)
                .sold("AX41-NVMe", "x86_64")
                .madeOf(Hardware.ax41(number))
                .resetBy(List.of("sw", "hw", "power", "power_long", "man"))
                .withPowerRead(true)
                .wakable();
    }

    /** A large x86 server, which can be reset as the smaller one. */
    public static ServerSpec ax162(int number, @Nullable String address) {
        return ax41(number, address).sold("AX162-R", "x86_64").madeOf(Hardware.ax162(number));
    }

    public ServerSpec named(String other) {
        return new ServerSpec(
                number,
                other,
                product,
                dataCenter,
                address,
                net6,
                architecture,
                hardware,
                resets,
                isPowerRead,
                isWakable);
    }

    public ServerSpec sold(String model, String machine) {
        return new ServerSpec(
                number, name, model, dataCenter, address, net6, machine, hardware, resets, isPowerRead, isWakable);
    }

    public ServerSpec madeOf(Hardware other) {
        return new ServerSpec(
                number, name, product, dataCenter, address, net6, architecture, other, resets, isPowerRead, isWakable);
    }

    public ServerSpec resetBy(List<String> types) {
        return new ServerSpec(
                number,
                name,
                product,
                dataCenter,
                address,
                net6,
                architecture,
                hardware,
                types,
                isPowerRead,
                isWakable);
    }

    public ServerSpec withPowerRead(boolean readable) {
        return new ServerSpec(
                number, name, product, dataCenter, address, net6, architecture, hardware, resets, readable, isWakable);
    }

    private ServerSpec wakable() {
        return new ServerSpec(
                number, name, product, dataCenter, address, net6, architecture, hardware, resets, isPowerRead, true);
    }
}
