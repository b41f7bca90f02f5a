package dev.sonde.api.probe;

import dev.sonde.api.request.BoundedLines;
import dev.sonde.problem.InvalidRequestException;
import dev.sonde.problem.UnreadableBody;
import dev.sonde.schedule.BulkChange;
import dev.sonde.schedule.NamedSpec;
import dev.sonde.schedule.Schedules;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// One bulk request: reads probes line by line and hands them on in batches, so that memory does
/// not grow with the number of lines. For one thread.
final class BulkLoad {

    private static final int BATCH = 1_000;
    private static final int MOST_ERRORS = 1_000;

    private final Schedules schedules;
    private final ProbeReader reader;
    private final List<NamedSpec> batch = new ArrayList<>(BATCH);
    private final List<BulkView.BadLine> errors = new ArrayList<>();
    private int created;
    private int replaced;
    private int failed;

    BulkLoad(Schedules schedules, ProbeReader reader) {
        this.schedules = schedules;
        this.reader = reader;
    }

    BulkView run(InputStream body) throws IOException {
        BoundedLines lines = new BoundedLines(body);
        for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                take(line);
            }
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
            fail(line, "a line has at most " + BoundedLines.LONGEST_BYTES + " bytes");
            return;
        }
        try {
            batch.add(reader.line(bytes));
        } catch (JacksonException e) {
            fail(line, UnreadableBody.lineSentence(e));
        } catch (InvalidRequestException e) {
            fail(line, e.getMessage());
        }
    }

    private void fail(BoundedLines.Line line, @Nullable String message) {
        failed++;
        if (errors.size() < MOST_ERRORS) {
            errors.add(new BulkView.BadLine(line.number(), String.valueOf(message)));
        }
    }

    private void put() {
        BulkChange change = schedules.putAll(batch);
        created += change.created();
        replaced += change.replaced();
        batch.clear();
    }
}
