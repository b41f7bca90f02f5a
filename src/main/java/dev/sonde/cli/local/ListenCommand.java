package dev.sonde.cli.local;

import dev.sonde.attempt.LocalEngine;
import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Interrupt;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.ListenerForm;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.LocalListeners;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidTypeIdException;

/// `sonde listen`: one managed listener, and what happens at it.
@Command(
        name = "listen",
        description = "Listen with a behaviour and print what happens, until Ctrl-C.",
        sortOptions = false,
        footer = {
            "",
            "Behaviours: close, reset, discard, echo, hold, banner, dialogue, stream, stall,",
            "never_accept, queue_full, half_establish, refuse, proxy.",
            "",
            "Examples:",
            "  sonde listen 127.0.0.1:9000 --behaviour queue_full",
            "  sonde listen 127.0.0.1:9000 --behaviour echo --with delay=200ms",
            "  sonde listen 127.0.0.1:9000 --behaviour banner --with data='220 hello\\r\\n'",
            "  sonde listen 127.0.0.1:9000 --behaviour proxy --with to=db:5432",
            "  sonde listen 127.0.0.1:9000 --behaviour '{\"type\":\"reset\",\"after\":\"1s\"}'"
        })
public final class ListenCommand implements Callable<Integer> {

    private static final String NAME = "command-line";

    /// Events that wait for their reader; further ones are counted.
    private static final int WAITING = 10_000;

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Terminal terminal;
    private final BlockingQueue<ListenerEvent> events = new LinkedBlockingQueue<>(WAITING);

    @Parameters(
            paramLabel = "ADDRESS:PORT",
            description = "Address and port; port 0 is the kernel's choice.")
    String bind = "";

    @Option(
            names = "--behaviour",
            paramLabel = "TYPE|JSON",
            defaultValue = "hold",
            completionCandidates = BehaviourNames.class,
            description = "Behaviour towards connections (default: hold).")
    String behaviour = "hold";

    @Option(names = "--with", paramLabel = "FIELD=VALUE", description = "A field of the behaviour.")
    Map<String, String> fields = new LinkedHashMap<>();

    @Option(
            names = "--backlog",
            paramLabel = "NUMBER",
            description = "Connections that may wait for accept (default: 128).")
    @Nullable Integer backlog;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "End after this time (default: at Ctrl-C).")
    @Nullable String ttl;

    @Option(names = "-o", paramLabel = "FORM", description = "text or ndjson.")
    ListenerLines.Form form = ListenerLines.Form.TEXT;

    @Mixin PolicyOptions policy = new PolicyOptions();

    public ListenCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ListenerSpec spec = spec();
        Interrupt interrupt = terminal.interrupt();
        CertificateAuthority authority = Engines.authority(Path.of("authority"));
        try (LocalEngine engine = Engines.start(policy, terminal, 1, authority);
                Listeners listeners = open(engine, authority)) {
            ListenerStatus status = listeners.create(spec);
            ListenerLines lines = new ListenerLines(terminal, form);
            lines.opened(spec, status);
            terminal.flush();
            follow(interrupt, lines, listeners);
        } catch (ListenerException e) {
            throw new Failure(
                    Failure.NOT_PROBED,
                    "This cannot be listened on: %s.".formatted(e.getMessage()));
        }
        terminal.flush();
        return 0;
    }

    private Listeners open(LocalEngine engine, CertificateAuthority authority) {
        return LocalListeners.open(
                new LocalListeners.Parts(
                        engine.loops(),
                        engine.kernel(),
                        engine.descriptors(),
                        engine.ledger(),
                        engine.names(),
                        engine.pace(),
                        engine.tls(),
                        authority),
                policy.binds(terminal),
                policy.targets(terminal),
                event -> {
                    // An event beyond the limit is lost; the counts at the end have it.
                    boolean _ = events.offer(event);
                });
    }

    /// Runs until Ctrl-C, or until its time has passed.
    private void follow(Interrupt interrupt, ListenerLines lines, Listeners listeners) {
        boolean isOpen = true;
        while (isOpen && !interrupt.await(LOOK)) {
            isOpen = drain(lines);
            terminal.flush();
        }
        boolean _ = drain(lines);
        listeners.get(NAME).ifPresent(lines::ended);
    }

    private boolean drain(ListenerLines lines) {
        List<ListenerEvent> some = new ArrayList<>();
        events.drainTo(some);
        some.forEach(lines::event);
        return some.stream().noneMatch(ListenerLines::isLast);
    }

    private ListenerSpec spec() {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("bind", bind);
        whole.put("behaviour", new WrittenBehaviour(behaviour, fields).read());
        if (backlog != null) {
            whole.put("backlog", backlog);
        }
        if (ttl != null) {
            whole.put("ttl", ttl);
        }
        try {
            ListenerForm form = Json.MAPPER.convertValue(whole, ListenerForm.class);
            return form.toSpec(NAME, new InvalidFields());
        } catch (InvalidRequestException e) {
            throw Failure.usage(
                    e.fields().stream()
                            .map(InvalidField::sentence)
                            .collect(Collectors.joining("; ", "", ".")));
        } catch (InvalidTypeIdException e) {
            throw Failure.usage(
                    "The behaviour \"%s\" is unknown; sonde listen --help lists them."
                            .formatted(e.getTypeId()));
        } catch (JacksonException e) {
            throw Failure.usage("The behaviour cannot be read: %s.".formatted(Json.reason(e)));
        }
    }
}
