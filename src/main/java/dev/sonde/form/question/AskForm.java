package dev.sonde.form.question;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.form.InvalidFields;
import dev.sonde.probe.path.AskSettings;
import dev.sonde.probe.path.Question;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The questions that each run asks beyond its attempts, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "AskSettings",
        description =
                "Questions that each run asks after its attempts. evidence.asked has the answers")
public record AskForm(
        @ArraySchema(
                        arraySchema =
                                @Schema(
                                        description =
                                                "At least one. data_path: how far data come on a"
                                                        + " connection; mtu: the run again with small"
                                                        + " segments, then the size that passes; flows:"
                                                        + " SYNs from 16 source ports, twice; ports: one"
                                                        + " SYN to another port of the host, then one"
                                                        + " UDP datagram",
                                        requiredMode = Schema.RequiredMode.REQUIRED,
                                        example = "[\"ports\"]"),
                        schema = @Schema(allowableValues = {"data_path", "mtu", "flows", "ports"}))
                @Nullable List<@Nullable String> questions,
        @Schema(
                        description =
                                "The other port of the host that ports asks; 33434 when absent",
                        minimum = "1",
                        maximum = "65535",
                        example = "22")
                @Nullable Integer port) {

    public static @Nullable AskForm of(@Nullable AskSettings ask) {
        if (ask == null) {
            return null;
        }
        return new AskForm(
                new ArrayList<>(ask.questions().stream().sorted().map(Question::label).toList()),
                ask.port() == AskSettings.DEFAULT_PORT ? null : (Integer) ask.port());
    }

    /// The settings of this form; absent where it is wrong. Errors are noted under `at`.
    public @Nullable AskSettings toSettings(String at, InvalidFields invalid) {
        int other =
                invalid.number(at + ".port", port, AskSettings.MOST_PORT, AskSettings.DEFAULT_PORT);
        Set<Question> read = EnumSet.noneOf(Question.class);
        if (questions == null || questions.isEmpty()) {
            invalid.add(at + ".questions", null, "at least one of " + words());
            return null;
        }
        for (String each : questions) {
            Question question =
                    invalid.read(
                            at + ".questions", each == null ? "null" : each, AskForm::question);
            if (question == null) {
                return null;
            }
            read.add(question);
        }
        return new AskSettings(read, Math.clamp(other, 1, AskSettings.MOST_PORT));
    }

    private static Question question(String word) {
        return Arrays.stream(Question.values())
                .filter(each -> each.label().equals(word))
                .filter(AskSettings.ON_REQUEST::contains)
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("one of " + words()));
    }

    private static String words() {
        return AskSettings.ON_REQUEST.stream()
                .sorted()
                .map(Question::label)
                .collect(Collectors.joining(", "));
    }
}
