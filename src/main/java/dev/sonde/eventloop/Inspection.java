package dev.sonde.eventloop;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// A question to a loop about itself, answered on its thread.
record Inspection(String loop, Supplier<LoopView> question, CompletableFuture<LoopView> answer)
        implements Command {

    @Override
    public void run() {
        answer.complete(question.get());
    }

    @Override
    public void onLoopClosed() {
        answer.completeExceptionally(new IllegalStateException(loop + " is closed"));
    }
}
