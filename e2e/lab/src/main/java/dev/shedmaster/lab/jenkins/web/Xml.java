package dev.shedmaster.lab.jenkins.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads the configuration documents that clients send. */
final class Xml {
    private Xml() {}

    /** The document's root; a document that is none is refused. */
    static Element parse(byte[] document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(document)).getDocumentElement();
        } catch (SAXException malformed) {
            throw new Refusal(400, "The document is not XML: " + malformed.getMessage());
        } catch (IOException | ParserConfigurationException unexpected) {
            throw new IllegalStateException("reading XML from memory", unexpected);
        }
    }

    static @Nullable Element child(Element parent, String name) {
        List<Element> children = children(parent, name);
        return children.isEmpty() ? null : children.getFirst();
    }

    static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && (name.equals("*") || element.getTagName().equals(name))) {
                children.add(element);
            }
        }
        return children;
    }

    /** The text of a child, or what is meant without one. */
    static String text(@Nullable Element parent, String name, String otherwise) {
        Element child = parent == null ? null : child(parent, name);
        return child == null ? otherwise : child.getTextContent().strip();
    }

    /** The text that an XPath expression finds in a document. */
    static String evaluate(String document, String xpath) {
        try {
            return XPathFactory.newInstance()
                    .newXPath()
                    .evaluate(xpath, parse(document.getBytes(StandardCharsets.UTF_8)));
        } catch (XPathExpressionException malformed) {
            throw new Refusal(400, "Illegal XPath: " + xpath);
        }
    }
}
