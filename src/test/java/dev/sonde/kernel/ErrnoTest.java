package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErrnoTest {

    private static final Set<Errno> NUMBERS =
            EnumSet.complementOf(EnumSet.of(Errno.NO_ERROR, Errno.UNKNOWN));

    @Test
    @SuppressWarnings("restricted")
    void nameIsThatOfTheCLibraryWhenItNamesNumbers() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> function = linker.defaultLookup().find("strerrorname_np");
        assumeThat(function).as("strerrorname_np, which came with glibc 2.32").isPresent();
        MethodHandle nameOf =
                linker.downcallHandle(
                        function.orElseThrow(), FunctionDescriptor.of(ADDRESS, JAVA_INT));

        assertThat(NUMBERS)
                .allSatisfy(
                        errno -> {
                            MemorySegment name = (MemorySegment) nameOf.invokeExact(errno.number());
                            assertThat(name.reinterpret(32).getString(0)).isEqualTo(errno.name());
                        });
    }

    @Test
    void errnoIsFoundByItsNumber() {
        assertThat(NUMBERS)
                .allSatisfy(errno -> assertThat(Errno.of(errno.number())).isEqualTo(errno));
        assertThat(Errno.of(0)).isEqualTo(Errno.NO_ERROR);
    }

    @Test
    void errnoIsUnknownWhenLinuxHasNoSuchNumber() {
        assertThat(IntStream.of(-1, 41, 134).mapToObj(Errno::of)).containsOnly(Errno.UNKNOWN);
    }
}
