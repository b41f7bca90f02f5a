package dev.sonde.api.request;

import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.problem.AuditNote;
import dev.sonde.problem.UnreadableBody;
import dev.sonde.schedule.BulkChange;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One bulk request. It reads definitions one by one and passes them on in batches. Memory does not
/// grow with their number. For one thread.
public final class BulkLoad<T> {

    /// The most bytes of text in a batch.
    private static final long BATCH_BYTES = 1_000_000;

    private static final int MOST_ERRORS = 1_000;

    private final Items<T> items;
    private final JsonMapper mapper;
    private final List<T> batch = new ArrayList<>();

    /// The lines of the batch.
    private final List<Integer> lines = new ArrayList<>();

    private long batchBytes;
    private final List<BulkView.BadLine> errors = new ArrayList<>();
    private int created;
    private int replaced;
    private int failed;

    /// The kind of definitions in a request.
    public interface Items<T> {

        /// The most definitions that take effect together.
        int batch();

        /// A definition; a view may come back as it was answered.
        ///
        /// @throws JacksonException when it is not such a JSON object
        T read(JsonNode item);

        /// Has definitions take effect: all, or none.
        BulkChange put(List<T> definitions);

        /// The sentence on a refused definition; null where the error is none of the request's.
        @Nullable String refusal(RuntimeException cause);
    }

    public BulkLoad(Items<T> items, JsonMapper mapper) {
        this.items = items;
        this.mapper = mapper;
    }

    /// Reads a definition a line.
    public BulkView lines(HttpServletRequest request) throws IOException {
        BoundedLines all = new BoundedLines(request.getInputStream());
        for (BoundedLines.Line line = all.next(); line != null; line = all.next()) {
            byte[] bytes = line.bytes();
            if (bytes == null) {
                fail(line.number(), "a line has at most " + BoundedLines.LONGEST_BYTES + " bytes");
            } else if (!line.isBlank()) {
                batchBytes += bytes.length;
                take(line.number(), () -> items.read(mapper.readTree(bytes)));
            }
        }
        return done(request);
    }

    /// Reads the answer of a list, as one document.
    public BulkView document(JsonNode body, HttpServletRequest request) {
        JsonNode all = body.isArray() ? body : body.path("items");
        if (!all.isArray()) {
            throw new InvalidRequestException(
                    List.of(
                            InvalidField.of(
                                    "body",
                                    null,
                                    "an array, or an object with items, is expected")));
        }
        int number = 0;
        for (JsonNode item : all) {
            number++;
            take(number, () -> items.read(item));
        }
        return done(request);
    }

    private void take(int line, Supplier<T> read) {
        try {
            batch.add(read.get());
            lines.add(line);
        } catch (JacksonException e) {
            fail(line, UnreadableBody.lineSentence(e));
        } catch (RuntimeException e) {
            refuse(line, e);
        }
        if (batch.size() >= items.batch() || batchBytes >= BATCH_BYTES) {
            put();
        }
    }

    private void put() {
        try {
            add(items.put(batch));
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                refuse(lines.getFirst(), e);
            } else {
                sentence(e);
                putEach(); // all of them together are refused
            }
        }
        batch.clear();
        lines.clear();
        batchBytes = 0;
    }

    private void putEach() {
        for (int i = 0; i < batch.size(); i++) {
            try {
                add(items.put(List.of(batch.get(i))));
            } catch (RuntimeException e) {
                refuse(lines.get(i), e);
            }
        }
    }

    private void add(BulkChange change) {
        created += change.created();
        replaced += change.replaced();
    }

    private void refuse(int line, RuntimeException cause) {
        fail(line, sentence(cause));
    }

    private String sentence(RuntimeException cause) {
        String sentence = items.refusal(cause);
        if (sentence == null) {
            throw cause;
        }
        return sentence;
    }

    private void fail(int line, String message) {
        failed++;
        if (errors.size() < MOST_ERRORS) {
            errors.add(new BulkView.BadLine(line, message));
        }
    }

    private BulkView done(HttpServletRequest request) {
        put();
        AuditNote.add(request, "created", created);
        AuditNote.add(request, "replaced", replaced);
        return new BulkView(created, replaced, failed, errors);
    }
}
