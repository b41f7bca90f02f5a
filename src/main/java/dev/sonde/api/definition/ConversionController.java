package dev.sonde.api.definition;

import dev.sonde.api.request.Query;
import dev.sonde.conversion.Conversion;
import dev.sonde.conversion.Converter;
import dev.sonde.conversion.ForeignTool;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.probe.spec.ProbeModules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// Conversion of other tools' definitions. It changes nothing.
@RestController
class ConversionController implements ConversionOperations {

    private final Converter converter;

    ConversionController(ProbeModules modules) {
        this.converter = new Converter(modules);
    }

    @Override
    public ResponseEntity<Object> convert(@Nullable String from, HttpServletRequest request)
            throws IOException {
        ForeignTool origin =
                ForeignTool.of(String.valueOf(from))
                        .orElseThrow(
                                () ->
                                        Query.invalid(
                                                "from",
                                                from,
                                                "one of "
                                                        + String.join(", ", ForeignTool.words())));
        String text = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Conversion conversion;
        try {
            conversion = converter.convert(origin, text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    List.of(InvalidField.of("body", null, String.valueOf(e.getMessage()))));
        }
        String accepted = String.valueOf(request.getHeader("Accept"));
        return accepted.contains("yaml")
                ? ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_YAML)
                        .body(conversion.yaml().getBytes(StandardCharsets.UTF_8))
                : ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(ConversionView.of(conversion));
    }
}
