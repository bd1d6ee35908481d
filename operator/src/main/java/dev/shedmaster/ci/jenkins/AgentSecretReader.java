package dev.shedmaster.ci.jenkins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads an agent's secret out of {@code jenkins-agent.jnlp} (reference: jenkins.md, section 1.6). */
final class AgentSecretReader {
    private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_ARGUMENTS = 64;

    private AgentSecretReader() {}

    /**
     * The start of an agent.
     *
     * @param secret 64 hexadecimal digits
     * @param node the node's name, empty if the node has been deleted
     * @param webSocket whether the agent connects by WebSocket
     */
    record AgentStart(String secret, String node, boolean webSocket) {
        @Override
        public String toString() {
            return "AgentStart[node=" + node + ", webSocket=" + webSocket + ", secret=…]";
        }
    }

    /** Reads the answer; throws if it is no such file. Nothing outside the text is ever looked up. */
    static AgentStart read(byte[] xml) throws IOException {
        List<String> arguments = arguments(xml);
        if (arguments.size() < 2 || !SECRET.matcher(arguments.getFirst()).matches()) {
            throw new IOException("no secret");
        }
        return new AgentStart(arguments.getFirst(), arguments.get(1), arguments.contains("-webSocket"));
    }

    private static List<String> arguments(byte[] xml) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        List<String> arguments = new ArrayList<>();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            while (reader.hasNext() && arguments.size() < MOST_ARGUMENTS) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("argument")) {
                    arguments.add(reader.getElementText().strip());
                }
            }
            reader.close();
        } catch (XMLStreamException e) {
            throw new IOException("not the file that an agent is started with", e);
        }
        return arguments;
    }
}
