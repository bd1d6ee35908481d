package dev.shedmaster.bootstrap;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.LinkedHashMap;
import java.util.Map;

/** The templates that were used last, taken apart: a burst renders the same one a thousand times. */
final class CompiledTemplates {
    /** A template of each pool of a large fleet; what is not kept costs time only. */
    private static final int MOST = 64;

    private final Mustache.Compiler compiler = Mustache.compiler()
            .withCollector(new StrictVariables())
            .withEscaper(QuotedScalar::escape)
            .strictSections(true);

    private final Map<String, Template> kept = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Template> eldest) {
            return size() > MOST;
        }
    };

    /** @throws com.samskivert.mustache.MustacheException if it is no template */
    Template of(String text) {
        synchronized (kept) {
            Template known = kept.get(text);
            if (known == null) {
                known = compiler.compile(text);
                kept.put(text, known);
            }
            return known;
        }
    }
}
