package dev.sonde.definition.source;

import com.google.re2j.Matcher;
import java.util.Map;
import java.util.regex.Pattern;

/// Replacements as Go's `regexp.Expand` reads them: `$1`, `${1}`, `$name`, `${name}`, `$$`. The
/// longest run of letters, digits and `_` is the name. A group that does not exist is empty.
final class GoReplacement {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:(\\$)|\\{(\\w+)}|(\\w+))", Pattern.UNICODE_CHARACTER_CLASS);

    private GoReplacement() {}

    static String expand(String template, Matcher matched) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        java.util.regex.Matcher references = REFERENCE.matcher(template);
        StringBuilder text = new StringBuilder();
        while (references.find()) {
            String name = references.group(2) != null ? references.group(2) : references.group(3);
            String value = name == null ? "$" : group(name, matched);
            references.appendReplacement(text, java.util.regex.Matcher.quoteReplacement(value));
        }
        return references.appendTail(text).toString();
    }

    private static String group(String name, Matcher matched) {
        if (name.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(name);
            return number > matched.groupCount() ? "" : orEmpty(matched.group(number));
        }
        Map<String, Integer> named = matched.pattern().namedGroups();
        Integer number = named.get(name);
        return number == null ? "" : orEmpty(matched.group(number));
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String group) {
        return group == null ? "" : group;
    }
}
