package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Terminal;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server is asked, and with which token: options, else the environment, else the context
/// file of the user.
final class ServerOptions {

    private static final String USUAL = "http://127.0.0.1:8080";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server (SONDE_SERVER; default: http://127.0.0.1:8080).")
    @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token (else SONDE_TOKEN).")
    @Nullable Path tokenFile;

    @Option(
            names = "--context",
            paramLabel = "FILE",
            description =
                    "server, token or token-file (default: ~/.config/sonde/context.properties).")
    @Nullable Path context;

    Server open(Terminal terminal) {
        Properties read = context(terminal);
        String address =
                or(server, or(terminal.variable("SONDE_SERVER"), read.getProperty("server")));
        String token =
                tokenFile != null
                        ? file(tokenFile)
                        : or(terminal.variable("SONDE_TOKEN"), token(read));
        return new Server(base(address == null ? USUAL : address), token);
    }

    private Properties context(Terminal terminal) {
        Path file = context == null ? usual(terminal) : context;
        Properties read = new Properties();
        if (context == null && !Files.isReadable(file)) {
            return read;
        }
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(in);
            return read;
        } catch (IOException | IllegalArgumentException _) {
            throw Failure.usage("The context file \"%s\" cannot be read.".formatted(file));
        }
    }

    private static Path usual(Terminal terminal) {
        String folder = terminal.variable("XDG_CONFIG_HOME");
        Path parent =
                folder == null
                        ? Path.of(
                                Objects.requireNonNullElse(terminal.variable("HOME"), "."),
                                ".config")
                        : Path.of(folder);
        return parent.resolve("sonde").resolve("context.properties");
    }

    private static @Nullable String token(Properties read) {
        String named = read.getProperty("token-file");
        return named == null ? read.getProperty("token") : file(Path.of(named));
    }

    private static String file(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException _) {
            throw Failure.usage("The token file \"%s\" cannot be read.".formatted(file));
        }
    }

    private static URI base(String text) {
        try {
            String whole = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            URI uri = URI.create(whole);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw Failure.usage(
                "A server is http://HOST:PORT or https://HOST, not \"%s\".".formatted(text));
    }

    private static @Nullable String or(@Nullable String given, @Nullable String other) {
        return given == null ? other : given;
    }
}
