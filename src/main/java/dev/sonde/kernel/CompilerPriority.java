package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The priority of the JVM's second compiler among the threads of this process (sched(7)).
///
/// A start keeps two processors busy: the main thread, and the first compiler. The second compiler
/// would take as much again, for code that runs once. With a lower priority it takes what the
/// others leave. The kernel does not let it rise again.
public final class CompilerPriority {

    /// Of proc_pid_comm(5), which has fifteen bytes.
    private static final String SECOND_COMPILER = "C2 CompilerThre";

    private static final Path THREADS = Path.of("/proc/self/task");
    private static final int PRIO_PROCESS = 0;

    private CompilerPriority() {}

    /// Has no effect on a host without `/proc`.
    ///
    /// @param nice the nice value, 1 to 19; the share of a busy processor is a third with 5
    public static void lower(int nice) {
        lower(SECOND_COMPILER, nice);
    }

    /// Of all threads with this name. Returns how many there are.
    static int lower(String name, int nice) {
        int found = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                if (name.equals(name(thread))) {
                    set(Integer.parseInt(thread.getFileName().toString()), nice);
                    found++;
                }
            }
        } catch (IOException _) {
            // Another system: its compilers have their usual priority.
        }
        return found;
    }

    /// Empty for a thread that has ended.
    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException _) {
            return "";
        }
    }

    @SuppressWarnings("restricted") // the manifest permits it
    private static void set(int thread, int nice) {
        Linker linker = Linker.nativeLinker();
        MethodHandle setPriority =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setpriority"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            int _ = (int) setPriority.invokeExact(PRIO_PROCESS, thread, nice);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
