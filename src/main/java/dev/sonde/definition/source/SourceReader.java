package dev.sonde.definition.source;

import dev.sonde.form.DurationText;
import dev.sonde.form.InvalidFields;
import dev.sonde.probe.spec.ResourceName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads one source of a document. For one thread.
public final class SourceReader {

    /// A clause for a path that may not be named.
    public static final String OUTSIDE =
            "is not below a directory of sonde.definitions.source-dirs";

    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);
    private static final Duration FILE_REFRESH = Duration.ofSeconds(30);
    private static final Duration HTTP_REFRESH = Duration.ofSeconds(60);
    private static final Duration CLUSTER_REFRESH = Duration.ofMinutes(5);

    private final JsonMapper mapper;
    private final FileAccess access;
    private final InvalidFields invalid = new InvalidFields();

    public SourceReader(JsonMapper mapper, FileAccess access) {
        this.mapper = mapper;
        this.access = access;
    }

    /// Reads the source as a document writes it.
    ///
    /// @param template the fields of each probe, defaults included
    /// @throws dev.sonde.form.InvalidRequestException with all that is wrong
    /// @throws tools.jackson.core.JacksonException where a field is unknown or of another type
    public SourceSpec read(ObjectNode given, ObjectNode template) {
        SourceForm form = mapper.treeToValue(given, SourceForm.class);
        Discovery discovery = discovery(form);
        List<RelabelRule> rules = new RelabelReader(invalid).read(form.relabelConfigs());
        String name = form.name();
        if (name != null && !ResourceName.isValid(name)) {
            invalid.add("name", name, "1 to 63 of a-z, 0-9, \"-\" and \".\"");
        }
        Duration refresh = refresh(form);
        invalid.throwIfAny();
        String unique = name == null ? nameOf(Objects.requireNonNull(discovery)) : name;
        return new SourceSpec(
                unique,
                Objects.requireNonNull(discovery),
                refresh,
                rules,
                template,
                WrittenSource.of(given, unique, template));
    }

    /// A source without a name gets one that is made of its place.
    private static String nameOf(Discovery discovery) {
        CRC32 sum = new CRC32();
        sum.update(discovery.place().getBytes(StandardCharsets.UTF_8));
        return discovery.word().replace('_', '-')
                + "-"
                + HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private @Nullable Discovery discovery(SourceForm form) {
        long given =
                Stream.of(form.fileSd(), form.httpSd(), form.kubernetes())
                        .filter(Objects::nonNull)
                        .count();
        if (given != 1) {
            invalid.add(
                    "", null, "a source has one of file_sd, http_sd and kubernetes, not " + given);
            return null;
        }
        if (form.fileSd() != null) {
            return files(form.fileSd());
        }
        return form.httpSd() != null
                ? new HttpSourceReader(access, invalid).read(form.httpSd())
                : kubernetes(Objects.requireNonNull(form.kubernetes()));
    }

    private Discovery files(SourceForm.FileSd form) {
        List<String> patterns = new ArrayList<>();
        for (String file : Objects.requireNonNullElse(form.files(), List.<String>of())) {
            if (file.isEmpty() || file.indexOf('\0') >= 0) {
                invalid.add("file_sd.files", file, "a path or a glob is expected");
            } else {
                patterns.add(absolute(file));
            }
        }
        if (patterns.isEmpty()) {
            invalid.add("file_sd.files", null, "at least one path or glob is required");
        }
        return new Discovery.Files(
                patterns, access instanceof FileAccess.Sent(List<Path> roots) ? roots : null);
    }

    private String absolute(String file) {
        if (file.startsWith("/")) {
            return file;
        }
        return switch (access) {
            case FileAccess.Mounted(Path directory) -> directory + "/" + file;
            case FileAccess.Sent _ -> {
                invalid.add(
                        "file_sd.files",
                        file,
                        "a document over HTTP names files by absolute paths");
                yield "/" + file;
            }
        };
    }

    private Discovery kubernetes(SourceForm.KubernetesSd form) {
        if (form.role() == null) {
            invalid.add("kubernetes.role", null, "one of service, ingress, endpointslice, node");
        }
        return new Discovery.Kubernetes(
                invalid.word("kubernetes.role", form.role(), Discovery.Kubernetes.Role.SERVICE),
                Objects.requireNonNullElse(form.namespaces(), List.<String>of()),
                form.labelSelector());
    }

    private Duration refresh(SourceForm form) {
        if (form.fileSd() != null) {
            return refresh("file_sd.refresh", form.fileSd().refresh(), FILE_REFRESH);
        }
        if (form.httpSd() != null) {
            return refresh("http_sd.refresh", form.httpSd().refresh(), HTTP_REFRESH);
        }
        String own = form.kubernetes() == null ? null : form.kubernetes().refresh();
        return refresh("kubernetes.refresh", own, CLUSTER_REFRESH);
    }

    private Duration refresh(String field, @Nullable String text, Duration usual) {
        Duration read = invalid.read(field, text, DurationText::parse);
        if (read != null && read.compareTo(SHORTEST_REFRESH) < 0) {
            invalid.add(field, text, "at least 1s");
        }
        return read == null ? usual : read;
    }
}
