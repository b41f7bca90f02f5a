package dev.sonde.dialogue;

import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One action of a dialogue. Immutable.
public sealed interface Action {

    /// The number of the step that it is a part of, from 1.
    int step();

    /// Waits for a pattern, and notes what its groups found.
    ///
    /// @param reject a pattern that fails the dialogue
    /// @param reading what the patterns are looked for in
    /// @param labels what is noted of a match
    record Expect(
            int step,
            Pattern pattern,
            @Nullable Pattern reject,
            Reading reading,
            List<Label> labels)
            implements Action {
        public Expect {
            labels = List.copyOf(labels);
        }
    }

    /// The text in which a pattern is searched.
    enum Reading {
        /// All bytes since the last match. Bytes after a match are left to the next step.
        STREAM,
        /// One line after the other, without its end; lines that do not match are dropped.
        LINES
    }

    /// A name for something that was found.
    record Label(String name, Template value) {}

    /// Waits for exactly these bytes.
    record ExpectBytes(int step, ByteBuffer bytes) implements Action {}

    record Pause(int step, Delay length) implements Action {}

    /// Sends the filled template; an empty one sends nothing.
    record Send(int step, Template template) implements Action {}

    /// Sends the filled template and a newline; an empty one sends nothing.
    record SendLine(int step, Template template) implements Action {}

    record StartTls(int step) implements Action {}

    record End(int step, DialogueStep.Close mode) implements Action {}
}
