package dev.sonde.dialogue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bytes with gaps for the groups of an `expect`. Immutable.
public record Template(List<Part> parts) {

    /// A piece of it.
    public sealed interface Part {

        /// Bytes as they are.
        record Literal(ByteBuffer bytes) implements Part {}

        /// A group of the last `expect`; nothing where it took no part in the match.
        record Numbered(int group) implements Part {}

        /// A named group of the last `expect` that has it.
        record Named(String group) implements Part {}
    }

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)}");

    public Template {
        parts = List.copyOf(parts);
    }

    /// A payload as it stands in a step: text with `${1}` and `${name}`, or bytes without gaps.
    static Template of(Payload payload) {
        if (payload.isBase64()) {
            return new Template(List.of(new Part.Literal(payload.bytes())));
        }
        List<Part> parts = new ArrayList<>();
        String text = payload.text();
        Matcher reference = REFERENCE.matcher(text);
        int from = 0;
        while (reference.find()) {
            literal(text.substring(from, reference.start()), parts);
            parts.add(reference(reference.group(1)));
            from = reference.end();
        }
        literal(text.substring(from), parts);
        return new Template(parts);
    }

    static Template named(String group) {
        return new Template(List.of(new Part.Named(group)));
    }

    private static void literal(String text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(
                    new Part.Literal(
                            ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))
                                    .asReadOnlyBuffer()));
        }
    }

    private static Part reference(String name) {
        boolean isNumber = name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 5;
        return isNumber ? new Part.Numbered(Integer.parseInt(name)) : new Part.Named(name);
    }

    /// The bytes, read-only. A template without gaps is not copied.
    ByteBuffer fill(Captures captures) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal(ByteBuffer bytes)) {
            return bytes.duplicate();
        }
        ByteArrayOutputStream filled = new ByteArrayOutputStream();
        for (Part part : parts) {
            byte[] piece =
                    switch (part) {
                        case Part.Literal(ByteBuffer bytes) -> copyOf(bytes);
                        case Part.Numbered(int group) -> captures.group(group);
                        case Part.Named(String group) -> captures.group(group);
                    };
            filled.write(piece, 0, piece.length);
        }
        return ByteBuffer.wrap(filled.toByteArray()).asReadOnlyBuffer();
    }

    private static byte[] copyOf(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }
}
