package dev.sonde.listen.engine;

import dev.sonde.listen.spec.ListenerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Waits for answers of loops. Never called by a loop.
public final class LoopAnswers {

    /// A loop answers within milliseconds; filling a long accept queue takes longest.
    private static final long PATIENCE_SECONDS = 30;

    private LoopAnswers() {}

    /// Waits for it.
    ///
    /// @throws ListenerException as the loop threw it
    public static <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        try {
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ListenerException known) {
                throw known;
            }
            if (e.getCause() instanceof TimeoutException) {
                throw new IllegalStateException("an event loop does not answer", e);
            }
            throw e;
        }
    }
}
