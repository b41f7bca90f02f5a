package dev.sonde.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;

/// The CPU time of a process by the nanosecond (`CLOCK_PROCESS_CPUTIME_ID`, clock_gettime(2), and
/// clock_getcpuclockid(3)). What the JDK gives has steps of 10 ms, which is half a microsecond a
/// connect in a short round.
final class ProcessClock {

    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final MethodHandle CLOCK_GETTIME = bind("clock_gettime", JAVA_INT, ADDRESS);
    private static final MethodHandle CLOCK_OF = bind("clock_getcpuclockid", JAVA_INT, ADDRESS);

    private ProcessClock() {}

    /// Of this process.
    static long cpuNanos() {
        return read(CLOCK_PROCESS_CPUTIME_ID);
    }

    /// Of any process of this host.
    static long cpuNanos(long pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment clock = arena.allocate(JAVA_INT);
            int answer = (int) CLOCK_OF.invokeExact(Math.toIntExact(pid), clock);
            if (answer != 0) {
                throw new IllegalStateException("clock_getcpuclockid answered " + answer);
            }
            return read(clock.get(JAVA_INT, 0));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
    }

    private static long read(int clock) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            int answer = (int) CLOCK_GETTIME.invokeExact(clock, time);
            if (answer != 0) {
                throw new IllegalStateException("clock_gettime answered " + answer);
            }
            return TimeUnit.SECONDS.toNanos(time.getAtIndex(JAVA_LONG, 0))
                    + time.getAtIndex(JAVA_LONG, 1);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle bind(String function, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(JAVA_INT, arguments));
    }
}
