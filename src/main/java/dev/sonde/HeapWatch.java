package dev.sonde;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The end of the process when its heap is exhausted. A service that has lost threads to an
/// `OutOfMemoryError` answers nobody and looks alive.
///
/// An error that reaches the end of a thread ends the process at once. The watch's own thread finds
/// one that was caught before: it allocates a piece of heap once a second, or every three seconds
/// while half of the heap is free. The exit status is that of `-XX:+ExitOnOutOfMemoryError`.
final class HeapWatch {

    static final int EXIT_STATUS = 3;

    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();

    /// Between two looks whether heap can be returned. The first comes after the start.
    private static final long RETURN_NANOS = Duration.ofMinutes(1).toNanos();

    /// Below half a region of the collector with the smallest regions.
    private static final int PIECE_BYTES = 400_000;

    /// Written so that the compiler cannot leave the piece out.
    @SuppressWarnings("unused")
    private static volatile byte[] piece = {};

    private static final byte[] WORDS =
            "Terminating due to java.lang.OutOfMemoryError\n".getBytes(StandardCharsets.US_ASCII);

    private static final FileOutputStream LAST_WORDS = new FileOutputStream(FileDescriptor.err);

    private HeapWatch() {}

    static void start() {
        Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> {
                    endIfExhausted(thrown);
                    if (usual == null) {
                        // The thread's group would ask this handler again.
                        System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                        thrown.printStackTrace();
                    } else {
                        usual.uncaughtException(thread, thrown);
                    }
                });
        Thread.ofPlatform().daemon().name("heap-watch").start(HeapWatch::watch);
    }

    private static void watch() {
        long lookedNanos = System.nanoTime();
        Optional<HeapReturn> room = Optional.empty();
        boolean isFirst = true;
        while (true) {
            LockSupport.parkNanos(isHalfFree() ? QUIET_NANOS : EVERY_NANOS);
            try {
                piece = new byte[PIECE_BYTES];
                piece = new byte[0];
                if (System.nanoTime() - lookedNanos >= RETURN_NANOS) {
                    lookedNanos = System.nanoTime();
                    room = isFirst ? HeapReturn.begin() : room;
                    isFirst = false;
                    room.ifPresent(HeapReturn::look);
                }
            } catch (OutOfMemoryError e) {
                endIfExhausted(e);
            }
        }
    }

    private static boolean isHalfFree() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() < runtime.maxMemory() / 2;
    }

    /// Other errors of this type leave the process running: no thread, no direct memory, an array
    /// that is too long. Nothing here needs heap.
    private static void endIfExhausted(Throwable thrown) {
        if (isExhausted(thrown)) {
            try {
                LAST_WORDS.write(WORDS);
            } catch (IOException | OutOfMemoryError _) {
                // The exit status says it too.
            } finally {
                Runtime.getRuntime().halt(EXIT_STATUS);
            }
        }
    }

    private static boolean isExhausted(Throwable thrown) {
        if (!(thrown instanceof OutOfMemoryError)) {
            return false;
        }
        String message = thrown.getMessage();
        return message == null
                || message.startsWith("Java heap space")
                || message.startsWith("GC overhead")
                || message.startsWith("Metaspace")
                || message.startsWith("Compressed class space");
    }
}
