package dev.sonde.api.check;

import dev.sonde.api.result.ResultJson;
import dev.sonde.api.result.ResultView;
import dev.sonde.check.CheckRun;
import dev.sonde.probe.finding.ProbeResult;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes a check as NDJSON: a result a line as each comes, the summary last.
///
/// The stream blocks the calling thread until the check ends. A slow reader pauses the check. A
/// reader that is gone cancels the check.
final class CheckStream {

    static final int BUFFER_BYTES = 64 * 1_024;

    private static final JsonFactory FACTORY = JsonFactory.builder().rootValueSeparator("").build();

    private final CheckRun run;

    CheckStream(CheckRun run) {
        this.run = run;
    }

    /// Writes until the check has ended.
    ///
    /// @throws tools.jackson.core.JacksonException when the reader is gone
    void writeTo(OutputStream out) throws InterruptedException {
        boolean isComplete = false;
        OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), buffered)) {
            writeResults(json);
            SummaryView.of(run.progress().summary()).write(json);
            json.writeRaw('\n');
            isComplete = true;
        } finally {
            if (!isComplete) {
                run.cancel();
            }
        }
    }

    /// Flushes when no further line is ready, so that a line waits for the next one only while one
    /// exists.
    private void writeResults(JsonGenerator json) throws InterruptedException {
        for (List<ProbeResult> taken = run.take(); !taken.isEmpty(); taken = run.take()) {
            for (ProbeResult result : taken) {
                ResultJson.write(json, ResultView.of(result));
                json.writeRaw('\n');
            }
            if (run.isDrained()) {
                json.flush();
            }
        }
    }
}
