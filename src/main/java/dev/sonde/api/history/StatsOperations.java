package dev.sonde.api.history;

import dev.sonde.api.request.InstantText;
import dev.sonde.api.request.NameParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The description of the operations on roll-ups in the OpenAPI document.
@Tag(name = "History", description = "Incidents and changes of state of all probes")
@RequestMapping(
        path = "/api/v1",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
interface StatsOperations {

    @GetMapping("/probes/{name}/stats")
    @Operation(
            operationId = "getProbeStats",
            summary = "Uptime and latency of a probe",
            description =
                    "Only scheduled runs count. `uptime` is the share of the decided runs that"
                            + " succeeded; runs that asked nothing of the target do not count. Time"
                            + " in which without runs is neither up nor down.")
    @ApiResponse(
            responseCode = "200",
            description = "Figures of each window",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = StatsListView.class),
                            examples = @ExampleObject("openapi/history/stats.json")))
    StatsListView ofProbe(
            @NameParameter(example = "web") @PathVariable String name,
            @ParameterObject WindowParameters parameters);

    @GetMapping("/stats")
    @Operation(
            operationId = "getStats",
            summary = "Uptime and latency of many probes",
            description =
                    "Figures over all probes that the labels select, as one or grouped by a label."
                            + " `uptime` is the share of all their runs.",
            parameters =
                    @Parameter(
                            name = "label",
                            in = ParameterIn.QUERY,
                            description =
                                    "A label that the probe has (team=payments) or has not"
                                            + " (team!=mail); all of them, if several",
                            array = @ArraySchema(schema = @Schema(type = "string"))))
    @ApiResponse(
            responseCode = "200",
            description = "Figures of each window and group",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = StatsListView.class),
                            examples = @ExampleObject("openapi/history/groups.json")))
    StatsListView ofMany(
            @ParameterObject WindowParameters parameters,
            @Parameter(
                            description =
                                    "Name of the label whose values make the groups; probes without"
                                            + " it are a group without labels",
                            schema = @Schema(type = "string", example = "team"))
                    @RequestParam(required = false)
                    @Nullable String by,
            @Parameter(hidden = true) HttpServletRequest request);

    @GetMapping("/probes/{name}/series")
    @Operation(
            operationId = "getProbeSeries",
            summary = "The course of a probe's runs",
            description =
                    "At most 1,000 buckets. Minutes are kept for 6 h, five minutes for 3 d, "
                            + "hours for 35 d, days for 400 d (defaults).")
    @ApiResponse(
            responseCode = "200",
            description = "Buckets in the order of time",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SeriesView.class),
                            examples = @ExampleObject("openapi/history/series.json")))
    SeriesView series(
            @NameParameter(example = "web") @PathVariable String name,
            @Parameter(
                            description = "The earliest start; a day before the end when absent",
                            schema = @Schema(type = "string", pattern = InstantText.PATTERN))
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(
                            description = "The first start that is too late; now when absent",
                            schema = @Schema(type = "string", pattern = InstantText.PATTERN))
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(
                            description = "The length of a bucket; 5m when absent",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"1m", "5m", "1h", "1d"}))
                    @RequestParam(required = false)
                    @Nullable String step);
}
