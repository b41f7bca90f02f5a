package dev.sonde.api.event;

import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.result.EventLog;
import dev.sonde.schedule.Schedules;
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
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The event stream.
@RestController
@Tag(
        name = "Events",
        description =
                "Results, changes of state, maintenances and what happens at listeners, as they"
                        + " come")
class EventController {

    private final EventDispatcher dispatcher;
    private final EventLog log;
    private final Schedules schedules;

    EventController(EventDispatcher dispatcher, EventLog log, Schedules schedules) {
        this.dispatcher = dispatcher;
        this.log = log;
        this.schedules = schedules;
    }

    private @Nullable Map<String, String> labels(String probe) {
        return schedules.find(probe).map(it -> it.definition().spec().labels()).orElse(null);
    }

    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "subscribe",
            summary = "Subscribe to events",
            description =
                    "Server-sent events. Scheduled probes send `result` (a Result) and `transition`"
                            + " (a Transition). Listeners send `listener` (a ListenerEvent), and"
                            + " `maintenance` reports the windows of maintenances. The events of"
                            + " listeners' connections are limited to a configured number a"
                            + " second. A slow reader loses the oldest events. An event `lost`"
                            + " reports their number, with those that its filters exclude. After"
                            + " a restart of the service the number is unknown; `lost` then says"
                            + " `restarted`.",
            parameters = {
                @Parameter(
                        name = "type",
                        in = ParameterIn.QUERY,
                        description = "Only events of these types",
                        array =
                                @ArraySchema(
                                        schema =
                                                @Schema(
                                                        type = "string",
                                                        allowableValues = {
                                                            "result",
                                                            "transition",
                                                            "listener",
                                                            "maintenance"
                                                        }))),
                @Parameter(
                        name = "probe",
                        in = ParameterIn.QUERY,
                        description =
                                "Only events of these probes and their maintenances, and of the"
                                        + " listeners asked for",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "listener",
                        in = ParameterIn.QUERY,
                        description = "Only events of these listeners, and of the probes asked for",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "Last-Event-ID",
                        in = ParameterIn.HEADER,
                        description = "Go on after this event",
                        schema = @Schema(type = "string", pattern = "[0-9]{1,18}")),
                @Parameter(
                        name = "lastEventId",
                        in = ParameterIn.QUERY,
                        description = "Last-Event-ID, for a client that cannot set the header",
                        schema = @Schema(type = "string", pattern = "[0-9]{1,18}")),
                @Parameter(
                        name = "for",
                        in = ParameterIn.QUERY,
                        description =
                                "The stream ends after this time, 100ms to 1d; it has no end when"
                                        + " absent",
                        example = "3s",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "Events as they come",
            content =
                    @Content(
                            mediaType = "text/event-stream",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject("openapi/probe/events.txt")))
    @ApiResponse(responseCode = "429", description = "Too many subscribers")
    void subscribe(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        EventFilter filter = EventFilter.of(request, this::labels);
        EventStart start = EventStart.of(request, log);
        Duration length = EventStart.length(request.getParameter("for"));
        boolean isHead = HttpMethod.HEAD.matches(request.getMethod());
        if (!isHead && !dispatcher.takePlace()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_SUBSCRIBERS,
                    "the limit of subscribers is reached (sonde.events.subscribers); close a stream or raise it");
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Proxies that gather answers would hold events back.
        response.setHeader("X-Accel-Buffering", "no");
        if (!isHead) {
            dispatcher.serve(response.getOutputStream(), filter, start, length);
        }
    }
}
