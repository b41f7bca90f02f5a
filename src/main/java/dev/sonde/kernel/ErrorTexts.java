package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.util.EnumMap;
import java.util.Map;

/// Reads an error number back out of an exception's message.
///
/// The JDK's messages start with `strerror(3)`, which a localised C library translates; newer JDKs
/// append to it. The C library is therefore asked once for its text of every number. Without it,
/// only the English texts of a connect's errors are known.
public final class ErrorTexts {

    private static final int LONGEST_TEXT_BYTES = 256;

    private static final Map<Errno, String> ENGLISH =
            Map.ofEntries(
                    Map.entry(Errno.EPERM, "Operation not permitted"),
                    Map.entry(Errno.ENOMEM, "Cannot allocate memory"),
                    Map.entry(Errno.EACCES, "Permission denied"),
                    Map.entry(Errno.EINVAL, "Invalid argument"),
                    Map.entry(Errno.ENFILE, "Too many open files in system"),
                    Map.entry(Errno.EMFILE, "Too many open files"),
                    Map.entry(Errno.EPIPE, "Broken pipe"),
                    Map.entry(Errno.EPROTO, "Protocol error"),
                    Map.entry(Errno.ENOPROTOOPT, "Protocol not available"),
                    Map.entry(Errno.EAFNOSUPPORT, "Address family not supported by protocol"),
                    Map.entry(Errno.EADDRINUSE, "Address already in use"),
                    Map.entry(Errno.EADDRNOTAVAIL, "Cannot assign requested address"),
                    Map.entry(Errno.ENETDOWN, "Network is down"),
                    Map.entry(Errno.ENETUNREACH, "Network is unreachable"),
                    Map.entry(Errno.ECONNRESET, "Connection reset"),
                    Map.entry(Errno.ENOBUFS, "No buffer space available"),
                    Map.entry(Errno.ENOTCONN, "Transport endpoint is not connected"),
                    Map.entry(Errno.ETIMEDOUT, "Connection timed out"),
                    Map.entry(Errno.ECONNREFUSED, "Connection refused"),
                    Map.entry(Errno.EHOSTDOWN, "Host is down"),
                    Map.entry(Errno.EHOSTUNREACH, "No route to host"));

    private final Map<Errno, String> texts = new EnumMap<>(Errno.class);

    private ErrorTexts(Map<Errno, String> texts) {
        this.texts.putAll(texts);
    }

    /// Texts of this process's C library, or the English texts when it is not available.
    public static ErrorTexts ofThisProcess() {
        try {
            return new ErrorTexts(askTheLibrary());
        } catch (Throwable _) {
            // No FFM access, or another C library: the texts below serve in its stead.
            return english();
        }
    }

    /// The texts of the C locale.
    public static ErrorTexts english() {
        return new ErrorTexts(ENGLISH);
    }

    /// The number whose text the message starts with, the longest such text; [Errno#UNKNOWN] where
    /// there is none.
    public Errno errnoOf(String message) {
        Errno errno = longestStart(texts, message);
        return errno == Errno.UNKNOWN ? longestStart(ENGLISH, message) : errno;
    }

    private static Errno longestStart(Map<Errno, String> texts, String message) {
        Errno best = Errno.UNKNOWN;
        int longest = 0;
        for (Map.Entry<Errno, String> entry : texts.entrySet()) {
            if (entry.getValue().length() > longest && message.startsWith(entry.getValue())) {
                best = entry.getKey();
                longest = entry.getValue().length();
            }
        }
        return best;
    }

    @SuppressWarnings("restricted")
    private static Map<Errno, String> askTheLibrary() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle strerror =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("strerror"),
                        FunctionDescriptor.of(ADDRESS, JAVA_INT));
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        Map<Errno, String> texts = new EnumMap<>(Errno.class);
        for (Errno errno : Errno.values()) {
            if (errno.number() > 0) {
                MemorySegment text = (MemorySegment) strerror.invokeExact(errno.number());
                texts.put(errno, text.reinterpret(LONGEST_TEXT_BYTES).getString(0, charset));
            }
        }
        return texts;
    }
}
