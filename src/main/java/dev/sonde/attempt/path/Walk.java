package dev.sonde.attempt.path;

import dev.sonde.eventloop.Command;

/// A question beyond a run that takes time, run by a loop. It answers exactly once.
public interface Walk extends Command {

    /// Ends it with the answers so far. For any thread.
    void cancel();
}
