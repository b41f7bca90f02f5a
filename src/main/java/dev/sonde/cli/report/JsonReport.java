package dev.sonde.cli.report;

import dev.sonde.api.result.ResultJson;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.probe.finding.ProbeResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Results as the API answers them: one document, or one result a line with the summary at the end.
/// Each is written when it comes.
public final class JsonReport implements Report {

    /// Its generator writes one result after the other, with nothing in between.
    private static final JsonFactory FACTORY = JsonFactory.builder().rootValueSeparator("").build();

    private final Terminal terminal;
    private final boolean isLines;
    private @Nullable JsonGenerator generator;
    private boolean hasBegun;

    /// @param isLines whether each result has a line of its own (NDJSON)
    public JsonReport(Terminal terminal, boolean isLines) {
        this.terminal = terminal;
        this.isLines = isLines;
    }

    @Override
    public void add(ProbeResult result) {
        if (!isLines) {
            terminal.print(hasBegun ? "," : "{\"results\":[\n");
        }
        hasBegun = true;
        write(result);
        terminal.print("\n");
    }

    @Override
    public void end(OutcomeCount totals) {
        String summary =
                "\"summary\":{\"total\":%d,\"succeeded\":%d,\"failed\":%d,\"notProbed\":%d,\"tookMicros\":%d}"
                        .formatted(
                                totals.total(),
                                totals.succeeded(),
                                totals.failed(),
                                totals.notProbed(),
                                totals.tookMicros());
        if (isLines) {
            terminal.line("{" + summary + "}");
        } else {
            terminal.line((hasBegun ? "]," : "{\"results\":[],") + summary + "}");
        }
        terminal.flush();
    }

    /// A generator costs as much as a result.
    private void write(ProbeResult result) {
        JsonGenerator json = generator;
        if (json == null) {
            json = FACTORY.createGenerator(ObjectWriteContext.empty(), terminal.bytes());
            generator = json;
        }
        ResultJson.writeUnkept(json, result);
        json.flush();
    }
}
