package dev.sonde.toxiproxy;

import com.sun.net.httpserver.HttpServer;
import dev.sonde.security.PortGuard;
import dev.sonde.start.FileProblem;
import dev.sonde.start.StartException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server of Toxiproxy's API, on a port of its own. Started and stopped by the service; its
/// requests run on threads of their own.
final class ToxiproxyServer {

    private static final Logger log = LoggerFactory.getLogger(ToxiproxyServer.class);
    private final Calls calls;
    private final ToxiproxyHandler handler;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /// @param isOpen whether it needs no token
    ToxiproxyServer(Calls calls, PortGuard guard, boolean isOpen) {
        this.calls = calls;
        this.handler = new ToxiproxyHandler(calls, guard, isOpen);
    }

    /// Opens the port.
    void start(InetSocketAddress address) {
        PortLimits.set();
        try {
            HttpServer opened = HttpServer.create(address, 0);
            ExecutorService own = Executors.newVirtualThreadPerTaskExecutor();
            opened.setExecutor(own);
            opened.createContext("/", handler);
            opened.start();
            server = opened;
            threads = own;
            log.atInfo().addKeyValue("address", opened.getAddress()).log("Toxiproxy's API is open");
        } catch (IOException e) {
            throw new StartException(
                    "sonde.toxiproxy.port: "
                            + address
                            + " cannot be bound: "
                            + e.getMessage()
                            + ".",
                    "Choose a free port and an address of this host (sonde.toxiproxy.address).",
                    e);
        }
    }

    /// Creates the proxies of a configuration file.
    void load(Path file) {
        try {
            ToxiproxyAnswer answer =
                    calls.answer("POST", List.of("populate"), Files.readAllBytes(file));
            if (answer.status() != 201) {
                byte[] body = answer.body();
                throw new StartException(
                        "sonde.toxiproxy.file: "
                                + file
                                + " is refused: "
                                + (body == null ? "" : new String(body, StandardCharsets.UTF_8)),
                        "Correct the file, or remove the property.");
            }
        } catch (IOException e) {
            throw new StartException(
                    "sonde.toxiproxy.file cannot be read: " + FileProblem.of(e) + ".",
                    "Name a file that the service's user can read.",
                    e);
        }
    }

    /// The port that it listens on; absent while it does not.
    @Nullable Integer port() {
        return server == null ? null : server.getAddress().getPort();
    }

    void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.close();
            threads = null;
        }
    }
}
