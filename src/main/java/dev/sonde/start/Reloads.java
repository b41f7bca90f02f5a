package dev.sonde.start;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// All parts of the configuration that can be read again, such as modules, definitions and tokens.
/// Safe for any thread; one reading at a time.
@Component
public final class Reloads {

    private static final Logger log = LoggerFactory.getLogger(Reloads.class);

    private final ObjectProvider<Reload> parts;

    Reloads(ObjectProvider<Reload> parts) {
        this.parts = parts;
    }

    /// Reads each part again. A part that cannot be used keeps its earlier content and affects no
    /// other part.
    ///
    /// @return a sentence for each part that cannot be used
    public synchronized List<String> all() {
        List<String> problems = new ArrayList<>();
        for (Reload part : parts.orderedStream().toList()) {
            try {
                part.reload();
                log.atInfo()
                        .addKeyValue("part", part.part())
                        .log("a part of the configuration was read again");
            } catch (RuntimeException e) {
                String problem = String.valueOf(e.getMessage());
                problems.add(problem);
                log.atWarn()
                        .addKeyValue("part", part.part())
                        .addKeyValue("problem", problem)
                        .log(
                                "a part of the configuration cannot be used; its earlier content stays");
            }
        }
        return problems;
    }
}
