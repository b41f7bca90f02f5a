package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How many connections may wait for accept: as asked for and as it is.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Backlog", description = "How many connections may wait for accept")
record BacklogView(
        @Schema(description = "As asked for", example = "128") int requested,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "By the kernel's word",
                        example = "128")
                @Nullable Long effective) {}
