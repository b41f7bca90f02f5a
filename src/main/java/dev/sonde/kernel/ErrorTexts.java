package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Reads an error number back out of an exception's message.
///
/// The JDK's messages start with `strerror(3)`, which a localised C library translates; newer JDKs
/// append to it. The C library is therefore asked once for its text of every number. Without it,
/// only the English texts of a connect's errors are known.
public final class ErrorTexts {

    private static final int LONGEST_TEXT_BYTES = 256;

    private static final List<Text> ENGLISH =
            sorted(
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
                            Map.entry(
                                    Errno.EAFNOSUPPORT, "Address family not supported by protocol"),
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
                            Map.entry(Errno.EHOSTUNREACH, "No route to host")));

    private final List<Text> texts;

    private ErrorTexts(List<Text> texts) {
        this.texts = texts;
    }

    /// The text of one number.
    private record Text(Errno errno, String words) {}

    /// Longest first, so that the first text that fits a message is the longest.
    private static List<Text> sorted(Map<Errno, String> texts) {
        return texts.entrySet().stream()
                .map(text -> new Text(text.getKey(), text.getValue()))
                .sorted(Comparator.comparingInt((Text text) -> text.words().length()).reversed())
                .toList();
    }

    /// Texts of this process's C library, or the English texts when it is not available.
    public static ErrorTexts ofThisProcess() {
        try {
            return new ErrorTexts(sorted(askTheLibrary()));
        } catch (Throwable _) {
            // No FFM access, or another C library: the texts below serve in its stead.
            return english();
        }
    }

    /// The texts of the C locale.
    public static ErrorTexts english() {
        return new ErrorTexts(ENGLISH);
    }

    /// The text of a number in the C locale; its name where that is not known here.
    static String english(Errno errno) {
        return ENGLISH.stream()
                .filter(text -> text.errno() == errno)
                .map(Text::words)
                .findFirst()
                .orElse(errno.name());
    }

    /// The number whose text the message starts with, the longest such text; [Errno#UNKNOWN] where
    /// there is none. Each connection that a peer resets asks here: it allocates nothing.
    public Errno errnoOf(String message) {
        Errno errno = longestStart(texts, message);
        return errno == Errno.UNKNOWN ? longestStart(ENGLISH, message) : errno;
    }

    private static Errno longestStart(List<Text> texts, String message) {
        for (int i = 0; i < texts.size(); i++) {
            Text text = texts.get(i);
            if (message.startsWith(text.words())) {
                return text.errno();
            }
        }
        return Errno.UNKNOWN;
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
