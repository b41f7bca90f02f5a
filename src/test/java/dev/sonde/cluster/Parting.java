package dev.sonde.cluster;

import java.io.IOException;
import java.util.List;

/// A rule of the kernel's filter that drops every packet between one address and others, until it
/// is closed. Only root can make one.
final class Parting implements AutoCloseable {

    private static final String TABLE = "sonde_parting";

    Parting(String one, List<String> others) throws IOException {
        String set = "{ " + String.join(", ", others) + " }";
        nft(
                """
                table ip %1$s {
                  chain input {
                    type filter hook input priority 0;
                    ip saddr %2$s ip daddr %3$s drop
                    ip saddr %3$s ip daddr %2$s drop
                  }
                }
                """
                        .formatted(TABLE, one, set));
    }

    private static void nft(String rules) throws IOException {
        Process nft =
                new ProcessBuilder("nft", "-f", "-")
                        .inheritIO()
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .start();
        try (var out = nft.outputWriter()) {
            out.write(rules);
        }
        if (nft.onExit().join().exitValue() != 0) {
            throw new IOException("nft refused: " + rules);
        }
    }

    @Override
    public void close() throws IOException {
        nft("delete table ip " + TABLE);
    }
}
