package dev.sonde.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The streams of the process, and what stands behind them. For one thread.
///
/// Output is UTF-8. It is kept until [#flush], or until much has come together.
public final class Terminal {

    private static final int MUCH = 16 << 10;
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;

    private final OutputStream out;
    private final OutputStream err;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(2 * MUCH);
    private final Map<String, String> environment;
    private final boolean isOutTerminal;
    private final boolean isErrTerminal;

    private final Interrupt interrupt;

    private Terminal(Stream out, Stream err, Map<String, String> environment, Interrupt interrupt) {
        this.out = out.bytes();
        this.err = err.bytes();
        this.environment = environment;
        this.isOutTerminal = out.isTerminal();
        this.isErrTerminal = err.isTerminal();
        this.interrupt = interrupt;
    }

    private record Stream(OutputStream bytes, boolean isTerminal) {}

    /// The process's own; it takes signals from now on.
    public static Terminal ofProcess() {
        return new Terminal(
                new Stream(new FileOutputStream(FileDescriptor.out), isTerminal(1)),
                new Stream(new FileOutputStream(FileDescriptor.err), isTerminal(2)),
                System.getenv(),
                Interrupt.install());
    }

    /// Two streams that nobody looks at as they come, and no signals.
    public static Terminal of(OutputStream out, OutputStream err, Map<String, String> environment) {
        return new Terminal(
                new Stream(out, false), new Stream(err, false), environment, Interrupt.none());
    }

    /// Linux names the device behind a descriptor; elsewhere the JDK answers for both together.
    private static boolean isTerminal(int descriptor) {
        try {
            String device =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return device.startsWith("/dev/pts/")
                    || device.startsWith("/dev/tty")
                    || device.equals("/dev/console");
        } catch (IOException | RuntimeException _) {
            return !Files.isDirectory(Path.of("/proc/self/fd"))
                    && Objects.requireNonNull(System.console()).isTerminal();
        }
    }

    /// Ctrl-C of the person who reads.
    public Interrupt interrupt() {
        return interrupt;
    }

    /// A variable of the environment; absent where it is empty.
    public @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    public Map<String, String> environment() {
        return environment;
    }

    /// Whether a person reads the output as it comes.
    public boolean isOutTerminal() {
        return isOutTerminal;
    }

    /// Whether lines can be written over: a terminal that is not dumb.
    public boolean canRewrite() {
        return isOutTerminal && isAble();
    }

    /// The same for messages.
    public boolean canRewriteMessages() {
        return isErrTerminal && isAble();
    }

    private boolean isAble() {
        String kind = variable("TERM");
        return kind != null && !kind.equals("dumb");
    }

    public int width() {
        String columns = Objects.requireNonNullElse(variable("COLUMNS"), "");
        return columns.matches("\\d{1,4}")
                ? Math.max(LEAST_WIDTH, Integer.parseInt(columns))
                : USUAL_WIDTH;
    }

    /// The text in a colour, where colours are wanted (`NO_COLOR`, `TERM`).
    public String in(Colour colour, String text) {
        boolean isWanted = canRewrite() && variable("NO_COLOR") == null;
        return isWanted && !text.isEmpty() ? colour.around(text) : text;
    }

    public void print(CharSequence text) {
        waiting.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        if (waiting.size() > MUCH) {
            flush();
        }
    }

    /// Takes bytes of text, which are kept like printed ones.
    public OutputStream bytes() {
        return waiting;
    }

    public void line(CharSequence text) {
        print(text);
        print("\n");
    }

    /// Writes what has been printed.
    ///
    /// @throws ClosedOutputException where its reader has gone
    public void flush() {
        try {
            waiting.writeTo(out);
        } catch (IOException e) {
            throw new ClosedOutputException(e);
        } finally {
            waiting.reset();
        }
    }

    /// A message for the person who waits, beside the output.
    public void message(String text) {
        try {
            err.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // Nobody reads messages; the output and the exit status stay.
        }
    }

    /// A message that the next one of its kind replaces.
    public void progress(String text) {
        try {
            err.write(("\r\u001b[K" + text).getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // As above.
        }
    }
}
