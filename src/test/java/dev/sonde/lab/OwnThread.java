package dev.sonde.lab;

import java.util.concurrent.Executor;

/// Runs what may block for long on a thread that nobody else waits for: the common pool has as many
/// threads as the machine has cores, and so many carry all virtual ones.
public enum OwnThread implements Executor {
    OF_EACH;

    @Override
    public void execute(Runnable task) {
        Thread.ofPlatform().daemon().start(task);
    }
}
