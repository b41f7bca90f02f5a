package dev.sonde.definition.source;

import dev.sonde.definition.file.BadFileException;
import dev.sonde.definition.file.FileContents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Targets in files. A list in a file that ends in `.json` is JSON, every other is YAML.
///
/// @param maxBytes of all files together
public record FileTargets(Discovery.Files discovery, TargetGroups groups, long maxBytes)
        implements TargetFinder {

    @Override
    public List<Map<String, String>> find() throws SourceException {
        List<Map<String, String>> targets = new ArrayList<>();
        String outside = discovery.outside();
        if (outside != null) {
            throw new SourceException(outside + ": " + SourceReader.OUTSIDE);
        }
        try {
            for (Map.Entry<Path, byte[]> file :
                    FileContents.read(discovery.patterns(), maxBytes, discovery.roots())
                            .entrySet()) {
                targets.addAll(read(file.getKey(), file.getValue()));
            }
        } catch (BadFileException e) {
            throw new SourceException(String.valueOf(e.getMessage()), e);
        }
        return targets;
    }

    private List<Map<String, String>> read(Path file, byte[] bytes) throws SourceException {
        Map<String, String> origin = Map.of("__meta_filepath", file.toString());
        try {
            return file.toString().endsWith(".json")
                    ? groups.json(bytes, origin)
                    : groups.yaml(bytes, origin);
        } catch (SourceException e) {
            throw new SourceException(file + ": " + e.getMessage(), e);
        }
    }
}
