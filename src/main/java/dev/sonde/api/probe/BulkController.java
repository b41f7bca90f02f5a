package dev.sonde.api.probe;

import dev.sonde.api.request.BulkLoad;
import dev.sonde.api.request.BulkView;
import dev.sonde.schedule.Schedules;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Many probes in one request.
@RestController
@Tag(name = "Probes", description = "Probe targets on a schedule")
public class BulkController {

    public static final String PATH = "/api/v1/probes/bulk";

    private final ProbeItems probes;
    private final JsonMapper mapper;

    BulkController(Schedules schedules, ProbeReader reader, JsonMapper mapper) {
        this.probes = new ProbeItems(schedules, reader);
        this.mapper = mapper;
    }

    @PostMapping(
            path = PATH,
            consumes = MediaType.APPLICATION_NDJSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "putProbes",
            summary = "Create or replace many probes",
            description =
                    "One probe a line, as a definition or as a list shows it. Fields that the "
                            + "server sets are ignored. The answer of a list is accepted too, as "
                            + "JSON or YAML. A bad line fails without effect on the others. Blank "
                            + "lines are skipped. Lines take effect as they are read, a thousand "
                            + "at a time. After a broken connection the earlier lines are done. "
                            + "The same request may be sent again.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/x-ndjson",
                                            schema = @Schema(implementation = ProbeRequest.class),
                                            examples = @ExampleObject("openapi/probe/line.json"))))
    @ApiResponse(
            responseCode = "200",
            description = "Every line was read",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = BulkView.class),
                            examples = @ExampleObject("openapi/probe/bulk.json")))
    BulkView put(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
        return new BulkLoad<>(probes, mapper).lines(request);
    }

    /// The answer of a list, as one document.
    @PostMapping(
            path = PATH,
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE},
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Hidden
    BulkView putDocument(@RequestBody JsonNode body, HttpServletRequest request) {
        return new BulkLoad<>(probes, mapper).document(body, request);
    }
}
