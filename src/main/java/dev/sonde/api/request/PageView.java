package dev.sonde.api.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.keeping.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A stretch of a list. [Paged] at the type of its items says how the API's document describes it.
///
/// @param next the cursor of the next page; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageView<T>(List<T> items, @Nullable String next) {

    /// The views of a page.
    ///
    /// @param list the list's name in its cursors
    public static <S, T> PageView<T> of(
            Page<S> page, String list, Function<? super S, ? extends T> view) {
        return new PageView<>(
                page.items().stream().<T>map(view).toList(), Cursor.of(list, page.next()));
    }
}
