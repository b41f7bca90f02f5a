package dev.sonde.cli.report;

import dev.sonde.api.result.ResultJson;
import dev.sonde.api.result.ResultView;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.probe.finding.ProbeResult;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Results as the API answers them: one document, or one result a line with the summary at the end.
/// Each is written when it comes.
public final class JsonReport implements Report {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Terminal terminal;
    private final boolean isLines;
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
        terminal.line(text(result));
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

    private static String text(ProbeResult result) {
        StringWriter text = new StringWriter(1_024);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            ResultJson.writeUnkept(json, ResultView.of(result));
        }
        return text.toString();
    }
}
