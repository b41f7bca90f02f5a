package dev.sonde.api.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list of definitions: what people wrote, without states.
///
/// @param next the cursor of the next page; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DefinitionPageView<T>(List<T> items, @Nullable String next) {}
