package dev.sonde.definition.source;

import com.google.re2j.Pattern;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The expressions of relabelling rules, compiled once. Safe for any thread.
final class RelabelPatterns {

    private static final int MOST = 1_000;

    /// The latest ones that were used.
    private static final Map<String, Pattern> COMPILED =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
                            return size() > MOST;
                        }
                    });

    private RelabelPatterns() {}

    static Pattern of(String regex) {
        return COMPILED.computeIfAbsent(regex, Pattern::compile);
    }
}
