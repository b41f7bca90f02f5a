package dev.sonde.api.definition;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The description of the conversion in the OpenAPI document.
@Tag(name = "Definitions", description = "Probes and listeners as one document")
interface ConversionOperations {

    String GATUS =
            """
            endpoints:
              - {name: db, url: "tcp://127.0.0.1:5432", interval: 30s, conditions: ["[CONNECTED] == true"]}
              - {name: web, url: "https://example.org", conditions: ["[STATUS] == 200"]}
            """;

    String GATUS_JSON =
            """
            {"endpoints": [{"name": "db", "url": "tcp://127.0.0.1:5432", "interval": "30s",
                            "conditions": ["[CONNECTED] == true"]}]}""";

    String ANSWER =
            """
            {"document": {"probes": {"db": {"target": "127.0.0.1:5432", "interval": "30s",
                                            "settings": {"timeout": "10s"}}}},
             "skipped": [{"what": "endpoint web",
                          "reason": "only tcp, tls and starttls can be probed, not https"}]}""";

    @PostMapping(
            path = DefinitionController.PATH + "/convert",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE},
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "convertDefinitions",
            summary = "Convert definitions of another tool",
            description =
                    "Nothing changes. blackbox takes scrape jobs of Prometheus, with `modules`"
                            + " beside them, and objects of kind Probe. gatus takes `endpoints`."
                            + " uptime-kuma takes a backup or the monitors by id. An answer in YAML is only the document, with the skipped parts as comments.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(type = "object"),
                                        examples = @ExampleObject(GATUS_JSON)),
                                @Content(
                                        mediaType = "application/yaml",
                                        schema = @Schema(type = "object"),
                                        examples = @ExampleObject(GATUS))
                            }))
    @ApiResponse(
            responseCode = "200",
            description = "The document and what it lacks",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ConversionView.class),
                            examples = @ExampleObject(ANSWER)))
    ResponseEntity<Object> convert(
            @Parameter(
                            description = "The tool",
                            required = true,
                            example = "gatus",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"blackbox", "gatus", "uptime-kuma"}))
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException;
}
