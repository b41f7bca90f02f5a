package dev.sonde.api.probe;

import dev.sonde.api.request.BoundedLines;
import dev.sonde.api.request.BulkView;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.UnreadableBody;
import dev.sonde.schedule.BulkChange;
import dev.sonde.schedule.DefinitionsFullException;
import dev.sonde.schedule.NamedSpec;
import dev.sonde.schedule.OwnedBySetException;
import dev.sonde.schedule.Schedules;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One bulk request. It reads probes line by line and passes them on in batches. Memory does not
/// grow with the number of lines. For one thread.
final class BulkLoad {

    private static final int BATCH = 1_000;

    /// The most bytes of text in a batch.
    private static final long BATCH_BYTES = 1_000_000;

    private static final int MOST_ERRORS = 1_000;

    private final Schedules schedules;
    private final ProbeReader reader;
    private final List<NamedSpec> batch = new ArrayList<>();

    /// The lines of the batch.
    private final List<Integer> lines = new ArrayList<>();

    private long batchBytes;
    private final List<BulkView.BadLine> errors = new ArrayList<>();
    private int created;
    private int replaced;
    private int failed;

    BulkLoad(Schedules schedules, ProbeReader reader) {
        this.schedules = schedules;
        this.reader = reader;
    }

    BulkView run(InputStream body) throws IOException {
        BoundedLines all = new BoundedLines(body);
        for (BoundedLines.Line line = all.next(); line != null; line = all.next()) {
            if (!line.isBlank()) {
                take(line);
            }
            if (batch.size() == BATCH || batchBytes >= BATCH_BYTES) {
                put();
            }
        }
        put();
        return new BulkView(created, replaced, failed, errors);
    }

    /// The same of a document that is read as a whole.
    BulkView run(JsonNode document) {
        JsonNode items = document.isArray() ? document : document.path("items");
        if (!items.isArray()) {
            throw new InvalidRequestException(
                    List.of(
                            InvalidField.of(
                                    "body",
                                    null,
                                    "an array, or an object with items, is expected")));
        }
        int number = 0;
        for (JsonNode item : items) {
            number++;
            take(number, () -> reader.item(item));
            if (batch.size() == BATCH) {
                put();
            }
        }
        put();
        return new BulkView(created, replaced, failed, errors);
    }

    private void take(BoundedLines.Line line) {
        byte[] bytes = line.bytes();
        if (bytes == null) {
            fail(line.number(), "a line has at most " + BoundedLines.LONGEST_BYTES + " bytes");
            return;
        }
        take(line.number(), () -> reader.line(bytes));
        batchBytes += bytes.length;
    }

    private void take(int line, Supplier<NamedSpec> read) {
        try {
            batch.add(read.get());
            lines.add(line);
        } catch (JacksonException e) {
            fail(line, UnreadableBody.lineSentence(e));
        } catch (InvalidRequestException | ProblemException e) {
            fail(line, e.getMessage());
        }
    }

    private void fail(int line, @Nullable String message) {
        failed++;
        if (errors.size() < MOST_ERRORS) {
            errors.add(new BulkView.BadLine(line, String.valueOf(message)));
        }
    }

    private void put() {
        try {
            put(batch);
        } catch (DefinitionsFullException | OwnedBySetException _) {
            // All of them together are refused; each is tried alone.
            putEach();
        }
        batch.clear();
        lines.clear();
        batchBytes = 0;
    }

    private void putEach() {
        for (int i = 0; i < batch.size(); i++) {
            try {
                put(List.of(batch.get(i)));
            } catch (DefinitionsFullException | OwnedBySetException e) {
                fail(lines.get(i), e.getMessage());
            }
        }
    }

    private void put(List<NamedSpec> specs) {
        BulkChange change = schedules.putAll(specs);
        created += change.created();
        replaced += change.replaced();
    }
}
