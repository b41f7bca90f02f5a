import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures one start of a service: `java Start.java TARGET PORT PATH COMMAND...`.
///
/// It listens on the loopback port TARGET, runs the command, and waits for the first connection to
/// TARGET (with 0 for none), for the open port PORT, and for the first answer 200 to PATH. Times
/// are from the moment at which a process of the command is a JVM. It prints the seconds to these
/// three, the seconds of CPU time until the first connection and until the answer, and the resident
/// megabytes then. At last it ends the command.
final class Start {

    private static final double TICKS = 100;
    private static final long LONGEST_NANOS = 120_000_000_000L;
    private static final int EVERY_MILLIS = 5;
    private static final int PAGE = 4_096;

    private final Process process;
    private final ProcessHandle jvm;
    private final long began;

    /// Written by the thread that accepts.
    private volatile double connected = Double.NaN;

    private volatile double cpuThen = Double.NaN;

    private Start(Process process) throws Exception {
        this.process = process;
        long asked = System.nanoTime();
        Optional<ProcessHandle> found = jvm(process);
        while (found.isEmpty()) {
            pause(process, asked);
            found = jvm(process);
        }
        this.began = System.nanoTime();
        this.jvm = found.get();
    }

    static void main(String[] arguments) throws Exception {
        int target = Integer.parseInt(arguments[0]);
        try (ServerSocket listener = new ServerSocket()) {
            if (target != 0) {
                InetAddress loopback = InetAddress.getLoopbackAddress();
                listener.bind(new InetSocketAddress(loopback, target), PAGE);
            }
            List<String> command = List.of(arguments).subList(3, arguments.length);
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Path.of("start.log").toFile())
                            .start();
            try {
                Start start = new Start(process);
                if (target != 0) {
                    Thread.ofPlatform().daemon().start(() -> start.accept(listener));
                }
                start.measure(Integer.parseInt(arguments[1]), arguments[2], target != 0);
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private void measure(int port, String path, boolean isProbing) throws Exception {
        while (!isOpen(port)) {
            pause(process, began);
        }
        double open = seconds();
        while (!answers(port, path)) {
            pause(process, began);
        }
        double ready = seconds();
        double cpu = cpu();
        long megabytes = Long.parseLong(stat()[21]) * PAGE / 1_000_000;
        while (isProbing && Double.isNaN(connected)) {
            pause(process, began);
        }
        String line =
                String.format(
                        Locale.ROOT,
                        "%.2f %.2f %.2f %.2f %.2f %d",
                        connected,
                        open,
                        ready,
                        cpuThen,
                        cpu,
                        megabytes);
        System.out.println(line.replace("NaN", "-"));
    }

    /// Takes every connection, and notes the first one.
    private void accept(ServerSocket listener) {
        try {
            while (true) {
                listener.accept().close();
                if (Double.isNaN(connected)) {
                    cpuThen = cpu();
                    connected = seconds();
                }
            }
        } catch (IOException _) {
            // The listener was closed.
        }
    }

    private static void pause(Process process, long since) throws Exception {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "it has ended: " + Files.readString(Path.of("start.log")));
        }
        if (System.nanoTime() - since > LONGEST_NANOS) {
            throw new IllegalStateException("it has not started in two minutes");
        }
        Thread.sleep(EVERY_MILLIS);
    }

    private static boolean isOpen(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean answers(int port, String path) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return new String(answer, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException _) {
            return false;
        }
    }

    private static Optional<ProcessHandle> jvm(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(each -> name(each).equals("java"))
                .findFirst();
    }

    private static String name(ProcessHandle each) {
        try {
            return Files.readString(Path.of("/proc/" + each.pid() + "/comm")).strip();
        } catch (IOException _) {
            return "";
        }
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private double cpu() throws IOException {
        String[] stat = stat();
        return (Long.parseLong(stat[11]) + Long.parseLong(stat[12])) / TICKS;
    }

    /// The fields of proc_pid_stat(5) after the name; the first is field 3.
    private String[] stat() throws IOException {
        String line = Files.readString(Path.of("/proc/" + jvm.pid() + "/stat"));
        return line.substring(line.lastIndexOf(')') + 2).split(" ");
    }
}
