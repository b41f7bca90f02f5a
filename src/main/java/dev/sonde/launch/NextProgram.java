package dev.sonde.launch;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// The program that takes the place of this process, by execv(3). The process number, the
/// descriptors and the waiting parent stay the same; all threads of this program end.
final class NextProgram {

    private static final MethodHandle EXECV = execv();

    private final List<String> words;

    /// @param words the path of an executable, and its arguments
    NextProgram(List<String> words) {
        this.words = List.copyOf(words);
    }

    @SuppressWarnings("restricted") // the manifest permits it
    private static MethodHandle execv() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("execv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    }

    /// Does not return.
    ///
    /// @throws IOException where it cannot be run
    void start() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            // The last element stays null.
            MemorySegment all = arena.allocate(ValueLayout.ADDRESS, words.size() + 1L);
            for (int i = 0; i < words.size(); i++) {
                all.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(words.get(i)));
            }
            MemorySegment path = all.getAtIndex(ValueLayout.ADDRESS, 0);
            int _ = (int) EXECV.invokeExact(path, all);
        }
        throw new IOException(words.getFirst() + " cannot be run");
    }
}
