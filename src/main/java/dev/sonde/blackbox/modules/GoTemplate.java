package dev.sonde.blackbox.modules;

import com.google.re2j.Pattern;
import dev.sonde.dialogue.Template;
import dev.sonde.dialogue.Template.Part;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Templates as Go's `regexp.Expand` has them: `$1`, `${1}`, `$name`, `${name}` and `$$`. A group
/// that the pattern lacks is empty. A `$` before anything else is a plain `$`.
final class GoTemplate {

    private static final int LONGEST_NUMBER = 8;

    private final String template;
    private final Charset charset;
    private final Pattern pattern;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    private GoTemplate(String template, Charset charset, Pattern pattern) {
        this.template = template;
        this.charset = charset;
        this.pattern = pattern;
    }

    static Template parse(String template, Pattern pattern) {
        return new GoTemplate(template, StandardCharsets.UTF_8, pattern).parse();
    }

    /// Bytes that need not be text: only ASCII can be part of a name.
    static Template parse(byte[] template, Pattern pattern) {
        String text = new String(template, StandardCharsets.ISO_8859_1);
        return new GoTemplate(text, StandardCharsets.ISO_8859_1, pattern).parse();
    }

    static Template literal(byte[] bytes) {
        return new Template(
                bytes.length == 0
                        ? List.of()
                        : List.of(new Part.Literal(ByteBuffer.wrap(bytes).asReadOnlyBuffer())));
    }

    private Template parse() {
        while (at < template.length()) {
            char c = template.charAt(at);
            at++;
            if (c != '$') {
                literal.append(c);
            } else if (at < template.length() && template.charAt(at) == '$') {
                at++;
                literal.append('$');
            } else {
                String name = name();
                if (name == null) {
                    literal.append('$');
                } else {
                    group(name).ifPresent(this::add);
                }
            }
        }
        endLiteral();
        return new Template(parts);
    }

    /// The name that stands here; null, and nothing read, where none does.
    private @Nullable String name() {
        boolean hasBrace = at < template.length() && template.charAt(at) == '{';
        int start = hasBrace ? at + 1 : at;
        int end = start;
        while (end < template.length() && isOfName(template.charAt(end))) {
            end++;
        }
        boolean isClosed = end < template.length() && template.charAt(end) == '}';
        if (end == start || (hasBrace && !isClosed)) {
            return null;
        }
        at = hasBrace ? end + 1 : end;
        return template.substring(start, end);
    }

    private boolean isOfName(char c) {
        boolean isAscii = c < 0x80;
        return c == '_'
                || ((isAscii || charset.equals(StandardCharsets.UTF_8))
                        && Character.isLetterOrDigit(c));
    }

    private Optional<Integer> group(String name) {
        boolean isNumber =
                name.chars().allMatch(c -> c >= '0' && c <= '9')
                        && name.length() <= LONGEST_NUMBER
                        && (name.length() == 1 || name.charAt(0) != '0');
        Integer group = isNumber ? Integer.valueOf(name) : pattern.namedGroups().get(name);
        return Optional.ofNullable(group).filter(number -> number <= pattern.groupCount());
    }

    private void add(int group) {
        endLiteral();
        parts.add(new Part.Numbered(group));
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(
                    new Part.Literal(
                            ByteBuffer.wrap(literal.toString().getBytes(charset))
                                    .asReadOnlyBuffer()));
            literal.setLength(0);
        }
    }
}
