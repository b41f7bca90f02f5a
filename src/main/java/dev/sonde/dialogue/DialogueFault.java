package dev.sonde.dialogue;

/// The reason for which a step of a dialogue failed.
public enum DialogueFault {
    /// The pattern came that must not come.
    REJECTED,
    /// Other bytes came than exactly those that were expected.
    OTHER_BYTES,
    /// The buffer is full, and the pattern is not in it.
    NO_ROOM,
    /// The peer ended, and what was expected had not come.
    ENDED
}
