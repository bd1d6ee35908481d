package dev.shedmaster.lab.robot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An order of a worker as it is sent to a host: a tar of its facts, its command and its files. */
final class OrderTar {
    private static final int BLOCK = 512;

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private String command = "/sbin/init\n";

    private OrderTar() {}

    /** A container that boots a worker's image. */
    static OrderTar container(String name) {
        OrderTar order = new OrderTar()
                .fact("name", name)
                .fact("installation", "test")
                .fact("pool", "ci/arm")
                .fact("worker", "ci/" + name)
                .fact("uid", "uid-1")
                .fact("memory", Long.toString(8L << 30))
                .fact("cpu", "400")
                .fact("tasks", "1000")
                .fact("stop-seconds", "30")
                .fact("address", "100.64.0." + (name.hashCode() & 0x3f) * 4 + 2)
                .fact("gateway", "gateway-of-" + name);
        return order.fact("form", "container").fact("image", "worker").fact("boot", "yes");
    }

    /** A virtual machine that is given an Ignition document. */
    static OrderTar machine(String name, String ignition) {
        OrderTar order = container(name).fact("form", "machine");
        order.facts.remove("image");
        order.facts.remove("boot");
        order.command =
                "qemu-system-aarch64\n-accel\nkvm\n-fw_cfg\nname=opt/org.flatcar-linux/config,file=/run/shedmaster/units/"
                        + name + "/files/ignition\n";
        return order.file("ignition", ignition);
    }

    OrderTar fact(String key, String value) {
        facts.put(key, value);
        return this;
    }

    OrderTar without(String key) {
        facts.remove(key);
        return this;
    }

    OrderTar file(String name, String text) {
        files.put(name, text);
        return this;
    }

    /** With the settings of an agent. */
    OrderTar agent(String url, String node, String secret) {
        return file("agent.env", """
                JENKINS_URL=%s
                JENKINS_AGENT_NAME=%s
                JENKINS_SECRET=%s
                JENKINS_WEB_SOCKET=true
                JENKINS_AGENT_WORKDIR=/var/lib/jenkins
                """.formatted(url, node, secret));
    }

    byte[] bytes() {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        StringBuilder order = new StringBuilder();
        facts.forEach(
                (key, value) -> order.append(key).append(' ').append(value).append('\n'));
        add(tar, "order", order.toString(), '0');
        add(tar, "command", command, '0');
        add(tar, "files/", "", '5');
        files.forEach((name, text) -> add(tar, "files/" + name, text, '0'));
        add(tar, "whole", "", '0');
        tar.writeBytes(new byte[2 * BLOCK]);
        return tar.toByteArray();
    }

    private static void add(ByteArrayOutputStream tar, String name, String text, char type) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600");
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
