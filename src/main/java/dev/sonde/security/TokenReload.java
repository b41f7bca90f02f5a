package dev.sonde.security;

import dev.sonde.start.ConfigurationFiles;
import dev.sonde.start.Reload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The static tokens, read again from the files of the configuration when these change. Safe for
/// any thread; its own thread polls the files.
final class TokenReload implements Reload, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TokenReload.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final ConfigurationFiles files;
    private final StaticTokens tokens;
    private final ScheduledExecutorService watcher;

    /// Content of the files at the latest read; guarded by this object's lock.
    private List<String> seen;

    TokenReload(ConfigurationFiles files, StaticTokens tokens) {
        this.files = files;
        this.tokens = tokens;
        this.seen = files.fingerprint();
        this.watcher =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("token-files").factory());
        if (!seen.isEmpty()) {
            long millis = LOOK_EVERY.toMillis();
            var _ =
                    watcher.scheduleWithFixedDelay(
                            this::look, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public String part() {
        return "tokens";
    }

    @Override
    public synchronized void reload() {
        seen = files.fingerprint();
        List<SecurityProperties.Token> read =
                files.read("sonde.security", SecurityProperties.class).tokens();
        if (tokens.isEmpty() != read.isEmpty()) {
            throw new IllegalStateException(
                    "sonde.security.tokens: whether tokens are needed is decided at the start");
        }
        tokens.replace(read);
    }

    private synchronized void look() {
        if (files.fingerprint().equals(seen)) {
            return;
        }
        try {
            reload();
            log.atInfo().log("a configuration file has changed, the tokens were read again");
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("problem", e.getMessage())
                    .log("a configuration file has changed, its tokens cannot be used");
        }
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
