package dev.sonde.lab;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A security module that any process may set against itself (landlock(7), Linux 6.7).
public final class Landlock {

    private static final int CREATE_RULESET = 444;
    private static final int RESTRICT_SELF = 446;
    private static final long CONNECT_TCP = 2;

    private Landlock() {}

    /// Forbids the calling thread, and those that it starts, every TCP connect, to their end. Only
    /// for a process of its own.
    ///
    /// @throws IOException where the kernel has none
    public static void forbidConnects() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handled = arena.allocate(16, 8);
            handled.set(JAVA_LONG, 8, CONNECT_TCP);
            long rules = Posix.systemCall(CREATE_RULESET, handled.address(), handled.byteSize(), 0);
            Posix.renouncePrivileges();
            Posix.systemCall(RESTRICT_SELF, rules, 0, 0);
        }
    }
}
