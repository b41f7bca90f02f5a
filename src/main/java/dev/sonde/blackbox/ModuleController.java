package dev.sonde.blackbox;

import dev.sonde.blackbox.RecentAnswers.Numbered;
import dev.sonde.blackbox.modules.Modules;
import dev.sonde.probe.spec.Excerpt;
import dev.sonde.start.Reloads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The endpoints of blackbox_exporter beside `/probe`: the modules, and recent probes.
@RestController
class ModuleController implements ModuleOperations {

    private final Modules modules;
    private final RecentAnswers answers;
    private final ElsewhereAnswers elsewhere;
    private final Reloads reloads;

    ModuleController(
            Modules modules, RecentAnswers answers, ElsewhereAnswers elsewhere, Reloads reloads) {
        this.elsewhere = elsewhere;
        this.reloads = reloads;
        this.modules = modules;
        this.answers = answers;
    }

    @GetMapping("/config")
    @Override
    public void config(HttpServletResponse response) throws IOException {
        PlainText.write(response, ModuleText.of(modules.current().yaml()));
    }

    @PostMapping("/-/reload")
    @Override
    public void reload(HttpServletResponse response) throws IOException {
        List<String> problems = reloads.all();
        if (!problems.isEmpty()) {
            PlainText.error(
                    response, 500, "failed to reload config: " + String.join("; ", problems));
        }
    }

    @GetMapping("/-/healthy")
    @Override
    public void healthy(HttpServletResponse response) throws IOException {
        PlainText.write(response, "Healthy");
    }

    @GetMapping("/logs")
    @Override
    public void logs(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = request.getParameter("id");
        String target = request.getParameter("target");
        if (id != null && target != null) {
            String message = "Probe id and target can't be defined at the same time";
            PlainText.error(response, 400, message);
        } else if (id != null) {
            byId(id, response);
        } else if (target != null) {
            byTarget(target, request, response);
        } else {
            PlainText.write(response, list(request, response));
        }
    }

    private void byId(String id, HttpServletResponse response) throws IOException {
        if (!id.matches("\\d{1,18}")) {
            PlainText.error(response, 400, "Invalid probe id");
            return;
        }
        show(answers.byId(Long.parseLong(id)), "Probe id not found", response);
    }

    /// The newest one of this replica, else one of another.
    private void byTarget(String target, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Numbered> own = answers.byTarget(target, request.getParameter("module"));
        List<String> others = own.isPresent() ? List.of() : elsewhere.texts(request, response);
        if (others.isEmpty()) {
            show(own, "Probe target not found", response);
        } else {
            PlainText.write(response, others.getFirst());
        }
    }

    private static void show(Optional<Numbered> found, String ifNot, HttpServletResponse response)
            throws IOException {
        if (found.isEmpty()) {
            PlainText.error(response, 404, ifNot);
        } else {
            PlainText.write(response, DebugText.of(found.get().answer()));
        }
    }

    /// Newest first, of all replicas.
    private String list(HttpServletRequest request, HttpServletResponse response) {
        List<String> others = elsewhere.texts(request, response);
        if (others.isEmpty()) {
            return own();
        }
        return Stream.concat(Stream.of(own()), others.stream())
                .flatMap(String::lines)
                .sorted(Comparator.comparing(ModuleController::time).reversed())
                .map(line -> line + '\n')
                .collect(Collectors.joining());
    }

    /// The instant that stands second in a line.
    private static Instant time(String line) {
        try {
            return Instant.parse(line.split(" ", 3)[1]);
        } catch (DateTimeParseException | ArrayIndexOutOfBoundsException _) {
            return Instant.EPOCH;
        }
    }

    private String own() {
        StringBuilder text = new StringBuilder();
        for (Numbered numbered : answers.all()) {
            Answer answer = numbered.answer();
            text.append(numbered.id())
                    .append(' ')
                    .append(answer.at())
                    .append(answer.isSuccess() ? " success " : " failure ")
                    .append(Excerpt.quoted(answer.module().name()))
                    .append(' ')
                    .append(Excerpt.quoted(answer.target()))
                    .append('\n');
        }
        return text.toString();
    }
}
