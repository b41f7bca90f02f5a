package dev.sonde.api.listener;

import dev.sonde.api.request.BoundedLines;
import dev.sonde.api.request.BulkView;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.ListenerFault;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.problem.UnreadableBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One bulk request for listeners, item by item. For one thread.
final class ListenerBulkLoad {

    private static final int MOST_ERRORS = 1_000;

    private final Listeners listeners;
    private final ListenerReader reader;
    private final List<BulkView.BadLine> errors = new ArrayList<>();
    private int created;
    private int replaced;
    private int failed;

    ListenerBulkLoad(Listeners listeners, ListenerReader reader) {
        this.listeners = listeners;
        this.reader = reader;
    }

    BulkView run(InputStream body) throws IOException {
        BoundedLines all = new BoundedLines(body);
        for (BoundedLines.Line line = all.next(); line != null; line = all.next()) {
            byte[] bytes = line.bytes();
            if (bytes == null) {
                fail(line.number(), "a line has at most " + BoundedLines.LONGEST_BYTES + " bytes");
            } else if (!line.isBlank()) {
                put(line.number(), () -> reader.line(bytes));
            }
        }
        return done();
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
            put(number, () -> reader.item(item));
        }
        return done();
    }

    private void put(int number, Supplier<ListenerReader.Item> read) {
        try {
            ListenerReader.Item item = read.get();
            if (listeners.replace(item.spec(), item.isOfAll(), _ -> {}).isNew()) {
                created++;
            } else {
                replaced++;
            }
        } catch (JacksonException e) {
            fail(number, UnreadableBody.lineSentence(e));
        } catch (InvalidListenerException e) {
            fail(number, ListenerFault.problem(e).getMessage());
        } catch (InvalidRequestException | ListenerException e) {
            fail(number, e.getMessage());
        }
    }

    private void fail(int number, @Nullable String message) {
        failed++;
        if (errors.size() < MOST_ERRORS) {
            errors.add(new BulkView.BadLine(number, String.valueOf(message)));
        }
    }

    private BulkView done() {
        return new BulkView(created, replaced, failed, errors);
    }
}
