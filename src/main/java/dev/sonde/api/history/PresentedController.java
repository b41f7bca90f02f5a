package dev.sonde.api.history;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Query;
import dev.sonde.form.DurationText;
import dev.sonde.history.Presented;
import dev.sonde.history.PresentedHistory;
import dev.sonde.probe.keeping.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Certificates that probes saw.
@RestController
@RequestMapping(
        path = "/api/v1/certificates/presented",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
@Tag(name = "History", description = "Incidents and changes of state of all probes")
class PresentedController {

    private static final String LIST = "certificates/presented";

    private final PresentedHistory history;
    private final Clock clock;

    PresentedController(PresentedHistory history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    @Operation(
            operationId = "listPresentedCertificates",
            summary = "List the certificates that probes saw",
            description =
                    "Every certificate of the chain that each address presented last, soonest end"
                            + " first. It stays when the latest run got none.")
    @PageAnswer(
            value = "A page of certificates",
            of = PresentedView.class,
            example = "openapi/history/presented.json")
    @GetMapping
    PageView<PresentedView> list(
            @Parameter(
                            description = "Only those that end within this time, or have ended",
                            schema = @Schema(type = "string", example = "30d"))
                    @RequestParam(required = false)
                    @Nullable String within,
            @LimitParameter @RequestParam(required = false) @Nullable String limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor) {
        Instant now = clock.instant();
        long skip = Cursor.number(LIST, cursor, 0);
        int most = Query.limit(limit);
        List<Presented> found =
                history.presented(within == null ? null : end(within, now), skip, most + 1);
        return PageView.of(
                Page.of(found, most, _ -> String.valueOf(skip + most)),
                LIST,
                each -> PresentedView.of(each, now));
    }

    private static Instant end(String within, Instant now) {
        try {
            return now.plus(DurationText.parse(within));
        } catch (IllegalArgumentException | ArithmeticException _) {
            throw Query.invalid("within", within, "a duration such as 30d");
        }
    }
}
