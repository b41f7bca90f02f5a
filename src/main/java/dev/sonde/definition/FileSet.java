package dev.sonde.definition;

import dev.sonde.definition.file.BadFileException;
import dev.sonde.definition.source.FileAccess;
import dev.sonde.definition.source.SourceSpec;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.probe.spec.ProbeSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Several files combined into one document. For one thread.
final class FileSet {

    private static final int TOLD = 5;

    private final Map<String, Path> owners = new HashMap<>();

    /// @throws BadFileException with file, line and field
    DefinitionDocument read(SortedMap<Path, byte[]> files, DocumentReader reader) {
        Map<String, ProbeSpec> probes = new LinkedHashMap<>();
        Map<String, ListenerSpec> listeners = new LinkedHashMap<>();
        Map<String, SourceSpec> sources = new LinkedHashMap<>();
        files.forEach(
                (file, bytes) -> {
                    DefinitionDocument document = read(file, bytes, reader);
                    add("probes", file, document.probes(), probes);
                    add("listeners", file, document.listeners(), listeners);
                    add("sources", file, byName(document.sources()), sources);
                });
        return new DefinitionDocument(probes, listeners, List.copyOf(sources.values()));
    }

    private static Map<String, SourceSpec> byName(List<SourceSpec> sources) {
        Map<String, SourceSpec> byName = new LinkedHashMap<>();
        sources.forEach(each -> byName.put(each.name(), each));
        return byName;
    }

    private <T> void add(String section, Path file, Map<String, T> read, Map<String, T> all) {
        read.forEach(
                (name, spec) -> {
                    Path other = owners.putIfAbsent(section + "." + name, file);
                    if (other != null) {
                        throw new BadFileException(
                                "%s.%s is defined in %s and in %s; keep it in one of them"
                                        .formatted(section, name, other, file));
                    }
                    all.put(name, spec);
                });
    }

    private static DefinitionDocument read(Path file, byte[] bytes, DocumentReader reader) {
        if (isBlank(bytes)) {
            return DefinitionDocument.EMPTY;
        }
        try {
            FileAccess access = new FileAccess.Mounted(file.toAbsolutePath().resolveSibling(""));
            return file.toString().endsWith(".json")
                    ? reader.json(bytes, access)
                    : reader.yaml(bytes, access);
        } catch (InvalidRequestException e) {
            throw new BadFileException(
                    e.fields().stream()
                            .limit(TOLD)
                            .map(field -> sentence(file, field))
                            .collect(Collectors.joining("; ")));
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte each : bytes) {
            if (!Character.isWhitespace(each)) {
                return false;
            }
        }
        return true;
    }

    private static String sentence(Path file, InvalidField field) {
        String line = field.line() == null ? "" : " line " + field.line() + ":";
        return file + ":" + line + " " + field.sentence();
    }
}
