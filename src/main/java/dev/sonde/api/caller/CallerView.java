package dev.sonde.api.caller;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(
        name = "Caller",
        requiredProperties = {"name", "role"})
record CallerView(
        @Schema(
                        description = "Name of the token or of the JWT's subject",
                        example = "deploy-pipeline")
                String name,
        @Schema(
                        description = "Greatest role of the caller",
                        allowableValues = {"viewer", "prober", "operator", "admin"},
                        example = "operator")
                String role) {}
