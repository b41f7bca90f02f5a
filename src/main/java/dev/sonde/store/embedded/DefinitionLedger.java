package dev.sonde.store.embedded;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names of all acknowledged definitions, in the file `sonde.definitions` beside the database.
/// It shows that a database was cut, emptied or exchanged. Safe for any thread.
///
/// A line `+ probe 3 name` follows its commit, and `- probe 0 name` precedes it. A process that is
/// killed in between leaves a definition more in the database, never fewer.
public final class DefinitionLedger implements AutoCloseable {

    /// The place of the kind in a line, behind its sign.
    private static final int KIND = 2;

    private final Path file;

    /// Guarded by this: lines that could not be written yet, and the open file.
    private final List<String> waiting = new ArrayList<>();

    private @Nullable FileChannel channel;

    DefinitionLedger(Path file) {
        this.file = file;
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /// Versions by name of all definitions that were acknowledged and not deleted. A line that was
    /// cut off is passed over.
    public Map<LedgerEntry.Kind, Map<String, Long>> read() throws IOException {
        Map<LedgerEntry.Kind, Map<String, Long>> found = new EnumMap<>(LedgerEntry.Kind.class);
        for (LedgerEntry.Kind kind : LedgerEntry.Kind.values()) {
            found.put(kind, new HashMap<>());
        }
        if (!exists()) {
            return found;
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                apply(line, found);
            }
        }
        return found;
    }

    private static void apply(String line, Map<LedgerEntry.Kind, Map<String, Long>> found) {
        int kindEnd = line.indexOf(' ', KIND);
        int versionEnd = line.indexOf(' ', kindEnd + 1);
        if (kindEnd < 0
                || versionEnd < 0
                || line.indexOf(' ', versionEnd + 1) != line.length() - 2
                || !line.endsWith(" .")) {
            return;
        }
        LedgerEntry.Kind kind = LedgerEntry.Kind.of(line.substring(KIND, kindEnd));
        Map<String, Long> names = kind == null ? null : found.get(kind);
        if (names == null) {
            return;
        }
        String name = line.substring(versionEnd + 1, line.length() - 2);
        if (line.startsWith("+ ")) {
            names.put(name, Long.parseLong(line, kindEnd + 1, versionEnd, 10));
        } else {
            names.remove(name);
        }
    }

    /// Adds committed definitions. On a full disk they are added later.
    public synchronized void added(Collection<LedgerEntry> entries) {
        entries.forEach(entry -> waiting.add(line("+", entry)));
        try {
            append();
        } catch (IOException _) {
            // The definition is in the database; its line waits for the next change.
        }
    }

    /// Removes definitions that are going to be deleted.
    ///
    /// @throws UnwritableDatabaseException where the file cannot be written
    public synchronized void removing(Collection<LedgerEntry> entries) {
        int before = waiting.size();
        entries.forEach(entry -> waiting.add(line("-", entry)));
        try {
            append();
        } catch (IOException e) {
            waiting.subList(before, waiting.size()).clear();
            throw new UnwritableDatabaseException(
                    file + " cannot be written: " + e.getMessage(), true, e);
        }
    }

    /// Begins anew with all definitions that there are.
    public synchronized void rewrite(Iterable<LedgerEntry> entries) throws IOException {
        close();
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        DatabaseFiles.prepareFile(next);
        try (BufferedWriter out = Files.newBufferedWriter(next, StandardCharsets.ISO_8859_1)) {
            for (LedgerEntry entry : entries) {
                out.write(line("+", entry));
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        waiting.clear();
    }

    @Override
    public synchronized void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    /// A full stop ends a complete line. An empty line before it separates it from an incomplete
    /// one.
    private static String line(String sign, LedgerEntry entry) {
        return "%s %s %d %s .\n"
                .formatted(sign, entry.kind().word(), entry.version(), entry.name());
    }

    private void append() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            DatabaseFiles.prepareFile(file);
            open = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            channel = open;
        }
        long before = open.size();
        byte[] lines = ("\n" + String.join("", waiting)).getBytes(StandardCharsets.ISO_8859_1);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(lines);
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
        } catch (IOException e) {
            open.truncate(before);
            throw e;
        }
        waiting.clear();
    }
}
