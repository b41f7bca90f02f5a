package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.Set;

/// The texts of `gai_strerror(3)` for a name service that failed, in the locale of this process.
/// The JDK writes `strerror(3)` for `EAI_SYSTEM`, so every text of an error number counts.
///
/// The JDK's exception of a look-up carries this text and no number. Texts come from the C library,
/// read once; the English ones of glibc count as well.
public final class NameErrorTexts {

    private static final int LONGEST_TEXT_BYTES = 256;

    private static final Set<String> ENGLISH =
            Set.of(
                    "Temporary failure in name resolution",
                    "Non-recoverable failure in name resolution",
                    "Memory allocation failure",
                    "System error");

    /// `EAI_AGAIN`, `EAI_FAIL`, `EAI_MEMORY` and `EAI_SYSTEM` of netdb.h on Linux.
    private static final int[] COULD_NOT_TELL = {-3, -4, -10, -11};

    private final Set<String> texts;
    private final ErrorTexts systemTexts;

    private NameErrorTexts(Set<String> texts, ErrorTexts systemTexts) {
        this.texts = texts;
        this.systemTexts = systemTexts;
    }

    /// The texts of this process's C library and the English ones.
    public static NameErrorTexts ofThisProcess() {
        try {
            return of(askTheLibrary(), ErrorTexts.ofThisProcess());
        } catch (Throwable _) {
            // No FFM access, or another C library.
            return of(ENGLISH, ErrorTexts.english());
        }
    }

    /// The given texts and the English ones.
    static NameErrorTexts of(Set<String> texts, ErrorTexts systemTexts) {
        Set<String> all = new HashSet<>(ENGLISH);
        texts.stream().filter(text -> !text.isBlank()).forEach(all::add);
        return new NameErrorTexts(Set.copyOf(all), systemTexts);
    }

    /// Whether the message of a look-up says that the name service failed.
    ///
    /// @param message `name: text`, as the JDK writes it
    public boolean isCouldNotTell(String message) {
        if (texts.stream().anyMatch(message::endsWith)) {
            return true;
        }
        int colon = message.lastIndexOf(": ");
        return systemTexts.errnoOf(message.substring(colon + 1).strip()) != Errno.UNKNOWN;
    }

    @SuppressWarnings("restricted")
    private static Set<String> askTheLibrary() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle strerror =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("gai_strerror"),
                        FunctionDescriptor.of(ADDRESS, JAVA_INT));
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        Set<String> texts = new HashSet<>();
        for (int number : COULD_NOT_TELL) {
            MemorySegment text = (MemorySegment) strerror.invokeExact(number);
            texts.add(text.reinterpret(LONGEST_TEXT_BYTES).getString(0, charset));
        }
        return texts;
    }
}
