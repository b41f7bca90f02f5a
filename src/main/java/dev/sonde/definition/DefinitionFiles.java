package dev.sonde.definition;

import dev.sonde.definition.file.BadFileException;
import dev.sonde.definition.file.FileContents;
import dev.sonde.definition.keeping.SetLease;
import dev.sonde.definition.keeping.SetTurn;
import dev.sonde.start.Reload;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The set `files`: the definitions in the files of `sonde.definitions.files`. The files are read
/// at start, when their content has changed, and on request. Bad files change nothing. Safe for any
/// thread.
///
/// The content is compared, not a time stamp. A mounted ConfigMap is a chain of links whose ends
/// may keep their times.
public final class DefinitionFiles implements Reload, SmartLifecycle {

    /// The name of the set.
    public static final String SET = "files";

    private static final Logger log = LoggerFactory.getLogger(DefinitionFiles.class);

    private final DefinitionProperties properties;
    private final DocumentReader reader;
    private final DefinitionSets sets;
    private final DefinitionSources sources;
    private final LatestReading reading;

    /// Guarded by this object's lock, as the next two.
    private final SetTurn turn;

    private @Nullable SortedMap<Path, byte[]> seen;
    private @Nullable ScheduledExecutorService watcher;

    DefinitionFiles(
            DefinitionProperties properties,
            DocumentReader reader,
            DefinitionSets sets,
            DefinitionSources sources,
            SetLease lease,
            Clock clock) {
        this.properties = properties;
        this.reader = reader;
        this.sets = sets;
        this.sources = sources;
        this.turn = new SetTurn(lease, SET, properties.checkEvery());
        this.reading = new LatestReading(clock);
    }

    /// Whether files are configured.
    public boolean isUsed() {
        return !properties.files().isEmpty();
    }

    /// The latest reading; empty where nothing has been read.
    public Optional<FileStatus> status() {
        return reading.latest();
    }

    /// Calls the observer after each reading.
    public void onReading(Consumer<FileStatus> observer) {
        reading.observe(observer);
    }

    @Override
    public String part() {
        return "definitions";
    }

    /// Reads the files now. The current definitions stay if this throws.
    @Override
    public synchronized void reload() {
        if (isUsed()) {
            takeTurn();
            read(contents());
        }
    }

    private SortedMap<Path, byte[]> contents() {
        try {
            return FileContents.read(properties.files(), properties.maxSize().toBytes());
        } catch (BadFileException e) {
            // The same content is applied again once it can be read.
            seen = null;
            reading.failed(e);
            throw e;
        }
    }

    private void read(SortedMap<Path, byte[]> contents) {
        seen = contents;
        reading.begin();
        try {
            DefinitionDocument document = new FileSet().read(contents, reader);
            if (turn.isMine()) {
                apply(document, contents.size());
            }
            reading.succeeded();
        } catch (RuntimeException e) {
            reading.failed(e);
            throw e;
        }
    }

    private void apply(DefinitionDocument document, int files) {
        SetResult done = sets.put(SET, document, false, null);
        sources.put(SET, document.sources());
        log.atInfo()
                .addKeyValue("files", files)
                .addKeyValue("created", done.created().size())
                .addKeyValue("changed", done.changed().size())
                .addKeyValue("deleted", done.deleted().size())
                .addKeyValue("unchanged", done.unchanged())
                .log("definitions read from files");
    }

    /// Finds out whether this replica applies the files now. One that begins to reads them again,
    /// one that ends to leaves the sources to another.
    private void takeTurn() {
        boolean wasMine = turn.isMine();
        boolean isMine = turn.take();
        if (isMine && !wasMine) {
            seen = null;
        } else if (!isMine && wasMine) {
            sources.leave(SET);
        }
    }

    /// Runs on the watcher's thread.
    private synchronized void look() {
        try {
            takeTurn();
            SortedMap<Path, byte[]> contents = contents();
            boolean isDue = reading.looked();
            boolean isLost = turn.isMine() && sets.forgetLost(SET);
            if (isDue || isLost || !FileContents.isSame(seen, contents)) {
                read(contents);
            }
        } catch (RuntimeException e) {
            log.atDebug()
                    .setCause(e)
                    .log("files of definitions cannot be checked; the reason was logged before");
        }
    }

    /// Starts polling, after probes and listeners have started.
    @Override
    public synchronized void start() {
        if (isUsed()) {
            ScheduledExecutorService own =
                    Executors.newSingleThreadScheduledExecutor(
                            Thread.ofPlatform().daemon().name("definition-files").factory());
            long millis = properties.checkEvery().toMillis();
            var _ = own.scheduleWithFixedDelay(this::look, 0, millis, TimeUnit.MILLISECONDS);
            watcher = own;
        }
    }

    @Override
    public synchronized void stop() {
        if (watcher != null) {
            watcher.shutdownNow();
            watcher = null;
            sources.stop();
            turn.release();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return watcher != null;
    }
}
