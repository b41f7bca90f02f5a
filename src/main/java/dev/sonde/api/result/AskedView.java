package dev.sonde.api.result;

import dev.sonde.probe.path.Asked;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question beyond the probe in an answer.
@Schema(name = "Asked", description = "A question that was asked beyond the probe, and its answer")
record AskedView(
        @Schema(
                        description = "The question",
                        allowableValues = {
                            "path",
                            "data_path",
                            "mtu",
                            "second_connect",
                            "own_side",
                            "flows",
                            "ports"
                        },
                        example = "second_connect")
                String question,
        @Schema(description = "Its answer in one clause") String answer) {

    static @Nullable List<AskedView> of(List<Asked> asked) {
        return asked.isEmpty()
                ? null
                : asked.stream()
                        .map(each -> new AskedView(each.question().label(), each.answer()))
                        .toList();
    }
}
