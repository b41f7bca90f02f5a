package dev.sonde.definition;

import dev.sonde.definition.file.BadFileException;
import dev.sonde.definition.file.FileContents;
import dev.sonde.definition.keeping.SetLease;
import dev.sonde.start.Reload;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /// The polls between two tries to apply a content that does not change and was refused.
    private static final int LOOKS_BETWEEN_TRIES = 15;

    /// The shortest lease, and how many looks it lasts.
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final int LOOKS_OF_LEASE = 3;

    private final DefinitionProperties properties;
    private final DocumentReader reader;
    private final DefinitionSets sets;
    private final DefinitionSources sources;
    private final SetLease lease;
    private final Clock clock;
    private final CopyOnWriteArrayList<Consumer<FileStatus>> observers =
            new CopyOnWriteArrayList<>();

    /// Guarded by this object's lock, as the next three.
    private @Nullable SortedMap<Path, byte[]> seen;

    private int looks;

    /// Whether this replica applies the files; the others only check them.
    private boolean isApplier;

    private @Nullable ScheduledExecutorService watcher;

    /// Written under the lock, read by every thread.
    private volatile @Nullable FileStatus status;

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
        this.lease = lease;
        this.clock = clock;
    }

    /// Whether files are configured.
    public boolean isUsed() {
        return !properties.files().isEmpty();
    }

    /// The latest reading; empty where nothing has been read.
    public Optional<FileStatus> status() {
        return Optional.ofNullable(status);
    }

    /// Calls the observer after each reading.
    public void onReading(Consumer<FileStatus> observer) {
        observers.add(observer);
        status().ifPresent(observer);
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
            fail(e);
            throw e;
        }
    }

    private void read(SortedMap<Path, byte[]> contents) {
        seen = contents;
        looks = 0;
        try {
            DefinitionDocument document = new FileSet().read(contents, reader);
            if (isApplier) {
                apply(document, contents.size());
            }
            tell(new FileStatus(true, clock.instant(), null));
        } catch (RuntimeException e) {
            fail(e);
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
        Duration length = properties.checkEvery().multipliedBy(LOOKS_OF_LEASE);
        boolean isMine = lease.take(SET, length.compareTo(LEASE) < 0 ? LEASE : length);
        if (isMine && !isApplier) {
            seen = null;
        } else if (!isMine && isApplier) {
            sources.leave(SET);
        }
        isApplier = isMine;
    }

    /// A problem that lasts is logged once.
    private void fail(RuntimeException e) {
        FileStatus before = status;
        String problem = String.valueOf(e.getMessage());
        tell(new FileStatus(false, before == null ? null : before.lastSuccess(), problem));
        if (before == null || !problem.equals(before.problem())) {
            log.atWarn()
                    .addKeyValue("problem", problem)
                    .log("files of definitions cannot be used; the earlier definitions stay");
        }
    }

    private void tell(FileStatus now) {
        status = now;
        observers.forEach(observer -> observer.accept(now));
    }

    /// Runs on the watcher's thread.
    private synchronized void look() {
        try {
            takeTurn();
            SortedMap<Path, byte[]> contents = contents();
            looks++;
            FileStatus last = status;
            boolean isDue = last != null && !last.isSuccessful() && looks >= LOOKS_BETWEEN_TRIES;
            boolean isLost = isApplier && sets.forgetLost(SET);
            if (isDue || isLost || !isSame(seen, contents)) {
                read(contents);
            }
        } catch (RuntimeException e) {
            log.atDebug()
                    .setCause(e)
                    .log("files of definitions cannot be checked; the reason was logged before");
        }
    }

    private static boolean isSame(
            @Nullable SortedMap<Path, byte[]> before, SortedMap<Path, byte[]> now) {
        return before != null
                && before.keySet().equals(now.keySet())
                && now.entrySet().stream()
                        .allMatch(
                                entry ->
                                        Arrays.equals(
                                                entry.getValue(),
                                                Objects.requireNonNull(
                                                        before.get(entry.getKey()))));
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
            release();
        }
    }

    private void release() {
        try {
            lease.release(SET);
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("the lease of the files cannot be given up; it expires");
        }
        isApplier = false;
    }

    @Override
    public synchronized boolean isRunning() {
        return watcher != null;
    }
}
