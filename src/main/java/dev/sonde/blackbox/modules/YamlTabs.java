package dev.sonde.blackbox.modules;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// Tabs between the parts of a line of YAML.
///
/// blackbox_exporter's reader treats them as spaces (YAML 1.2 section 6.2). SnakeYAML refuses them.
/// Tabs that indent a line, or follow the dash of an entry, are refused by both.
final class YamlTabs {

    /// Each costs one more reading of the file.
    private static final int MOST = 1_000;

    private YamlTabs() {}

    /// Reads a text. A tab that separates is read again as a space.
    ///
    /// @throws MarkedYAMLException what the reader threw, where it was something else
    static @Nullable Object read(String yaml, Function<String, @Nullable Object> reader) {
        StringBuilder text = new StringBuilder(yaml);
        for (int i = 0; i < MOST; i++) {
            try {
                return reader.apply(text.toString());
            } catch (MarkedYAMLException e) {
                int tab = tabAt(text, e.getProblemMark());
                if (tab < 0 || !separates(text, tab)) {
                    throw e;
                }
                text.setCharAt(tab, ' ');
            }
        }
        return reader.apply(text.toString());
    }

    private static int tabAt(CharSequence text, @Nullable Mark mark) {
        int at = mark == null ? -1 : mark.getIndex();
        return at >= 0 && at < text.length() && text.charAt(at) == '\t' ? at : -1;
    }

    private static boolean separates(CharSequence text, int tab) {
        int start = tab;
        while (start > 0 && text.charAt(start - 1) != '\n') {
            start--;
        }
        String before = text.subSequence(start, tab).toString().strip();
        return isInBrackets(text, tab)
                || !(before.isEmpty() || before.endsWith("-") || before.endsWith("?"));
    }

    /// Whether more brackets were opened than closed; one inside quotes counts as well.
    private static boolean isInBrackets(CharSequence text, int end) {
        int depth = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        return depth > 0;
    }
}
