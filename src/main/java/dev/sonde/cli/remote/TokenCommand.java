package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sonde token`: makes a token and the lines to configure for it. No server is asked.
@Command(
        name = "token",
        description = "Make a token, and print the hash to configure at a server.",
        sortOptions = false,
        footer = {"", "Examples:", "  sonde token --name deploy-pipeline --role operator"})
public final class TokenCommand implements Callable<Integer> {

    private static final int BYTES = 32;

    private final Terminal terminal;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "me",
            description = "Name of its holder in the audit log (default: me).")
    String name = "me";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "viewer",
            description = "viewer, operator or admin (default: viewer).")
    String role = "viewer";

    public TokenCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9._-]{1,63}")
                || !role.matches("viewer|prober|operator|admin")) {
            throw Failure.usage(
                    "A name has 1 to 63 letters, digits, \".\", \"_\" and \"-\"; a role is viewer,"
                            + " prober, operator or admin.");
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        terminal.line("token, for SONDE_TOKEN (it is shown this once):");
        terminal.line("  " + token);
        terminal.line("configuration of the server:");
        terminal.line("  sonde.security.tokens:");
        terminal.line(
                "    - {name: %s, role: %s, sha256: %s}".formatted(name, role, sha256(token)));
        return 0;
    }

    private static String sha256(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
