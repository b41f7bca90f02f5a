package dev.sonde.api.definition;

import dev.sonde.api.replica.ForwardedSetParts;
import dev.sonde.api.replica.OwnPart;
import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Preconditions;
import dev.sonde.api.request.Query;
import dev.sonde.definition.DefinitionDocument;
import dev.sonde.definition.DefinitionFiles;
import dev.sonde.definition.DefinitionSets;
import dev.sonde.definition.DefinitionSources;
import dev.sonde.definition.DocumentReader;
import dev.sonde.definition.SetResult;
import dev.sonde.definition.SetSources;
import dev.sonde.definition.catalog.SetSummary;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.problem.AuditNote;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// Sets of definitions.
@RestController
public class DefinitionController implements DefinitionOperations {

    public static final String PATH = "/api/v1/definitions";

    private static final String LIST = "definitions";
    private static final String ALONE = "api";

    private final DefinitionSets sets;
    private final DefinitionFiles files;
    private final SetSources documents;
    private final OwnPart part;
    private final DocumentReader reader;
    private final SetViewMaker views;

    DefinitionController(
            DefinitionSets sets,
            DefinitionFiles files,
            SetSources documents,
            OwnPart part,
            DocumentReader reader) {
        this.sets = sets;
        this.documents = documents;
        this.part = part;
        this.files = files;
        this.reader = reader;
        this.views = new SetViewMaker(sets, documents);
    }

    @Override
    public DefinitionChangeView put(String set, @Nullable String dryRun, HttpServletRequest request)
            throws IOException, InterruptedException {
        if (!ResourceName.isValid(set) || set.equals(ALONE)) {
            throw Query.invalid(
                    "set", set, "1 to 63 of a-z, 0-9, \"-\" and \".\", and not " + ALONE);
        }
        boolean isDryRun = Query.flag("dryRun", dryRun, false);
        requireNoFiles(set);
        Preconditions wanted = Preconditions.of(request);
        if (!wanted.isEmpty()) {
            wanted.check(views.tag(set));
        }
        byte[] body = request.getInputStream().readAllBytes();
        MediaType type = MediaType.parseMediaType(request.getContentType());
        DefinitionDocument document =
                type.isCompatibleWith(MediaType.APPLICATION_YAML)
                        ? reader.yaml(body)
                        : reader.json(body);
        SetResult done = apply(set, document, isDryRun, request);
        AuditNote.add(request, "created", done.created().size());
        AuditNote.add(request, "changed", done.changed().size());
        AuditNote.add(request, "deleted", done.deleted().size());
        return DefinitionChangeView.of(done);
    }

    private SetResult apply(
            String set, DefinitionDocument document, boolean isDryRun, HttpServletRequest request)
            throws InterruptedException {
        if (ForwardedSetParts.isWritten(request)) {
            part.written(set, document.listeners().keySet());
            return SetResult.NONE;
        }
        return ForwardedSetParts.isPart(request)
                ? part.put(set, document.listeners().values(), isDryRun)
                : documents.put(set, document, isDryRun);
    }

    @Override
    public ResponseEntity<DefinitionSetView> get(String set) {
        String tag = views.tag(set);
        DefinitionSetView view = views.view(set);
        if (tag == null && view.sources() == null) {
            throw unknown();
        }
        return (tag == null ? ResponseEntity.ok() : ResponseEntity.ok().eTag(tag)).body(view);
    }

    @Override
    public PageView<SetSummaryView> list(@Nullable String limit, @Nullable String cursor) {
        int most = Query.limit(limit);
        String after = Objects.requireNonNullElse(Cursor.place(LIST, cursor), "");
        List<SetSummary> found =
                all().stream()
                        .filter(each -> each.name().compareTo(after) > 0)
                        .limit(most + 1L)
                        .toList();
        Page<SetSummary> page = Page.of(found, most, SetSummary::name);
        return PageView.of(page, LIST, SetSummaryView::of);
    }

    /// Also those whose sources have no targets yet.
    private List<SetSummary> all() {
        Map<String, SetSummary> all = new TreeMap<>();
        documents.names().forEach(name -> all.put(name, new SetSummary(name, 0, 0)));
        sets.catalog().list().forEach(each -> all.put(each.name(), each));
        return List.copyOf(all.values());
    }

    @Override
    public ResponseEntity<Void> delete(String set, HttpServletRequest request) {
        String tag = views.tag(set);
        if (tag == null) {
            throw unknown();
        }
        requireNoFiles(set);
        requireNoSource(set);
        Preconditions.of(request).check(tag);
        documents.put(set, DefinitionDocument.EMPTY, false);
        return ResponseEntity.noContent().build();
    }

    private void requireNoFiles(String set) {
        boolean isOfFiles = set.equals(DefinitionFiles.SET) || DefinitionSources.isOfFiles(set);
        if (isOfFiles && files.isUsed()) {
            throw new ProblemException(
                    ProblemType.OWNED_BY_SET,
                    "the set files comes from sonde.definitions.files; change the files");
        }
    }

    private void requireNoSource(String set) {
        String document = documents.documentOf(set);
        if (document != null) {
            throw new ProblemException(
                    ProblemType.OWNED_BY_SET,
                    "the set %s has the source; change its document".formatted(document));
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemType.NOT_FOUND, "no set of this name owns a probe or a listener");
    }
}
