package dev.sonde.dialogue;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Searches received bytes for the expected ones, and keeps the captures. Not thread-safe.
final class Search {

    /// Up to this size, each further byte leads to a new search.
    private static final int SMALL_BYTES = 8_192;

    private final Incoming incoming;
    private final BytesMatch match = new BytesMatch();
    private final Captures captures = new Captures();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private boolean hasEnded;
    private boolean isAnswered;
    private byte[] lastLine = {};

    /// The number of bytes at the last search without a match.
    private int tried;

    private boolean isUntried;

    Search(Incoming incoming) {
        this.incoming = incoming;
    }

    Captures captures() {
        return captures;
    }

    Map<String, String> labels() {
        return labels;
    }

    boolean hasEnded() {
        return hasEnded;
    }

    /// The peer sends no more.
    void end() {
        hasEnded = true;
    }

    /// Another step begins.
    void begin() {
        lastLine = new byte[0];
        isAnswered = false;
    }

    boolean isAnswered() {
        return isAnswered || incoming.length() > 0;
    }

    /// The current line where lines are read, else the unused bytes.
    byte[] seen() {
        boolean isLine = lastLine.length > 0 && incoming.room() > 0;
        return isLine || incoming.length() == 0 ? lastLine.clone() : incoming.all();
    }

    boolean isUntried() {
        return isUntried;
    }

    void lookAgain() {
        tried = 0;
    }

    /// @param isTurnOver asked before each further line
    SearchResult pattern(Action.Expect expect, BooleanSupplier isTurnOver) {
        isUntried = false;
        return switch (expect.reading()) {
            case STREAM -> stream(expect);
            case LINES -> lines(expect, isTurnOver);
        };
    }

    SearchResult bytes(ByteBuffer wanted) {
        isUntried = false;
        isAnswered |= incoming.length() > 0;
        return match.compare(incoming, wanted);
    }

    private SearchResult stream(Action.Expect expect) {
        isUntried = isHardlyMore();
        if (isUntried) {
            return SearchResult.LACKING;
        }
        Utf8Text text = Utf8Text.of(incoming.all());
        if (isRejected(expect.reject(), text)) {
            return SearchResult.REJECTED;
        }
        Matcher matcher = expect.pattern().matcher(text.text());
        if (matcher.find()) {
            found(expect, matcher, text);
            incoming.drop(text.offset(matcher.end()));
            tried = 0;
            return SearchResult.FOUND;
        }
        tried = incoming.length();
        return SearchResult.LACKING;
    }

    /// Whether too few bytes came since the last search for a new one. A peer that sends one byte
    /// at a time could otherwise cause thousands of searches of a full buffer.
    private boolean isHardlyMore() {
        int length = incoming.length();
        return tried > SMALL_BYTES
                && length - tried < length / 16
                && !hasEnded
                && incoming.room() > 0;
    }

    private SearchResult lines(Action.Expect expect, BooleanSupplier isTurnOver) {
        while (true) {
            int end = incoming.lineEnd();
            boolean isLast = end < 0 && hasEnded && incoming.length() > 0;
            if (end < 0 && !isLast) {
                return SearchResult.LACKING;
            }
            isAnswered = true;
            lastLine = line(isLast ? incoming.length() : end);
            incoming.drop(isLast ? incoming.length() : end + 1);
            Utf8Text text = Utf8Text.of(lastLine);
            if (isRejected(expect.reject(), text)) {
                return SearchResult.REJECTED;
            }
            Matcher matcher = expect.pattern().matcher(text.text());
            if (matcher.find()) {
                found(expect, matcher, text);
                return SearchResult.FOUND;
            }
            if (isTurnOver.getAsBoolean()) {
                return SearchResult.UNFINISHED;
            }
        }
    }

    /// A line without its end, of which a CR may be a part.
    private byte[] line(int length) {
        boolean hasCr = length > 0 && incoming.at(length - 1) == '\r';
        return incoming.head(hasCr ? length - 1 : length);
    }

    private void found(Action.Expect expect, Matcher matcher, Utf8Text text) {
        captures.take(matcher, text);
        for (Action.Label label : expect.labels()) {
            labels.put(label.name(), Utf8Text.decode(label.value().fill(captures)));
        }
    }

    private static boolean isRejected(@Nullable Pattern reject, Utf8Text text) {
        return reject != null && reject.matcher(text.text()).find();
    }
}
