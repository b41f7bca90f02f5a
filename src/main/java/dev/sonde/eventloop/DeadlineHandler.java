package dev.sonde.eventloop;

import java.io.IOException;

/// The owner of deadlines.
public interface DeadlineHandler extends Handler {

    /// A deadline of this handler has passed; it is no longer scheduled.
    void onDeadline(Deadline deadline) throws IOException;
}
