package dev.sonde.api.caller;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The caller itself, so that a page offers only what the caller may do.
@Tag(name = "Caller")
@RestController
class CallerController {

    /// From the greatest to the least. A role includes those behind it.
    private static final List<String> ROLES = List.of("admin", "operator", "prober", "viewer");

    @Operation(
            operationId = "getCaller",
            summary = "Report the caller's name and role",
            description = "While the service is open, every caller is `anonymous` and an admin.")
    @ApiResponse(
            responseCode = "200",
            description = "The caller",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = CallerView.class),
                            examples =
                                    @ExampleObject(
                                            "{\"name\": \"deploy-pipeline\", \"role\": \"operator\"}")))
    @GetMapping(path = "/api/v1/caller", produces = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<CallerView> caller() {
        Authentication caller =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        String role = ROLES.stream().filter(word -> has(caller, word)).findFirst().orElseThrow();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new CallerView(caller.getName(), role));
    }

    private static boolean has(Authentication caller, String role) {
        String authority = "ROLE_" + role.toUpperCase(Locale.ROOT);
        return caller.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(authority::equals);
    }
}
