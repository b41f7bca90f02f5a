package dev.sonde.blackbox.modules;

import dev.sonde.blackbox.modules.Module.Use;
import dev.sonde.probe.spec.Excerpt;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.start.FileProblem;
import dev.sonde.start.Reload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The modules as they are now. The file is read at start, on request, and when its content has
/// changed. A bad file changes nothing. Safe for any thread.
///
/// The content is compared, not a time stamp. A mounted ConfigMap is a chain of links whose ends
/// may keep their times.
public final class Modules implements ProbeModules, Reload, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Modules.class);

    /// The greatest array.
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final ModuleFileReader reader;
    private final @Nullable Path file;
    private final long maxBytes;
    private final @Nullable ScheduledExecutorService watcher;

    /// The result of the latest read, good or bad; guarded by this object's lock.
    private byte[] seen = {};

    /// The latest logged problem, so that a lasting one is logged once; guarded likewise.
    private @Nullable String told;

    /// Guarded by the same lock.
    private final List<Consumer<List<String>>> observers = new ArrayList<>();

    private final Clock clock;

    /// Written under the lock, read by every thread; so is the next one.
    private volatile ModuleSet current = ModuleSet.builtIn();

    private volatile Reading latest;

    /// How the file was read last.
    ///
    /// @param isGood whether it could be used
    /// @param lastGoodAt when it could be used last
    public record Reading(boolean isGood, Instant lastGoodAt) {}

    /// @throws InvalidModuleFileException when the file cannot be used
    public Modules(ModuleFileReader reader, ModuleProperties properties, Clock clock) {
        this.reader = reader;
        this.file = properties.file();
        this.maxBytes = properties.maxSize().toBytes();
        this.clock = clock;
        this.latest = new Reading(true, clock.instant());
        reload();
        this.watcher = file == null ? null : watch(properties.checkEvery());
    }

    public ModuleSet current() {
        return current;
    }

    /// Reads the file now. The current modules stay if this throws.
    ///
    /// @throws InvalidModuleFileException when the file cannot be used
    @Override
    public synchronized void reload() {
        latest = new Reading(false, latest.lastGoodAt());
        if (file != null) {
            seen = content(file);
            current = reader.read(seen);
            current.modules().values().forEach(Modules::logIfInvalid);
            observers.forEach(observer -> observer.accept(current.invalid()));
        }
        latest = new Reading(true, clock.instant());
    }

    public Reading latest() {
        return latest;
    }

    @Override
    public String part() {
        return "modules";
    }

    @Override
    public synchronized void onInvalid(Consumer<List<String>> observer) {
        observers.add(observer);
        observer.accept(current.invalid());
    }

    private static void logIfInvalid(Module module) {
        if (module.use() instanceof Use.Invalid(String why)) {
            log.atWarn()
                    .addKeyValue("module", module.name())
                    .addKeyValue("problem", why)
                    .log("the module cannot be used; the others can");
        }
    }

    @Override
    public ProbeSettings settingsOf(String module) {
        Module found =
                current.find(module)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no module has the name "
                                                        + Excerpt.quoted(module)
                                                        + " (sonde.modules.file)"));
        return switch (found.use()) {
            case Use.Usable(ProbeSettings settings) -> settings;
            case Use.Unusable(String why) -> throw new IllegalArgumentException(why);
            case Use.Invalid(String why) -> throw new IllegalArgumentException(why);
        };
    }

    private ScheduledExecutorService watch(Duration every) {
        ScheduledExecutorService own =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("module-file").factory());
        long millis = every.toMillis();
        var _ = own.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        return own;
    }

    private synchronized void look() {
        try {
            if (file != null && !Arrays.equals(seen, content(file))) {
                reload();
                log.atInfo()
                        .addKeyValue("modules", current.modules().size())
                        .log("the module file has changed and was read again");
            }
            told = null;
        } catch (InvalidModuleFileException e) {
            String problem = String.valueOf(e.getMessage());
            if (problem.equals(told)) {
                return;
            }
            told = problem;
            log.atWarn()
                    .addKeyValue("problem", problem)
                    .log("the module file has changed and cannot be used; the old one stays");
        }
    }

    /// Reads at most the allowed bytes, even if the file grows meanwhile.
    private byte[] content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, MOST_BYTES));
            if (bytes.length > maxBytes) {
                throw new InvalidModuleFileException(
                        "it has more than %d bytes (sonde.modules.max-size)".formatted(maxBytes),
                        null);
            }
            return bytes;
        } catch (IOException e) {
            throw new InvalidModuleFileException("it cannot be read, " + FileProblem.of(e), e);
        }
    }

    @Override
    public void close() {
        if (watcher != null) {
            watcher.shutdownNow();
        }
    }
}
