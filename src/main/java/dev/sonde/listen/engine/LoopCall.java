package dev.sonde.listen.engine;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// A question to a loop, answered on its thread.
public final class LoopCall<T> implements Command {

    private final Supplier<T> question;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    private LoopCall(Supplier<T> question) {
        this.question = question;
    }

    public static <T> CompletableFuture<T> on(EventLoop loop, Supplier<T> question) {
        LoopCall<T> call = new LoopCall<>(question);
        loop.execute(call);
        return call.answer;
    }

    public static CompletableFuture<Void> on(EventLoop loop, Runnable work) {
        LoopCall<Void> call =
                new LoopCall<>(
                        () -> {
                            work.run();
                            return null;
                        });
        loop.execute(call);
        return call.answer;
    }

    @Override
    public void run() {
        try {
            answer.complete(question.get());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public void onLoopClosed() {
        answer.completeExceptionally(
                new ListenerException(ListenerProblem.LOCAL_ERROR, "the service stops"));
    }
}
