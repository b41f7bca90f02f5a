package dev.sonde.schedule;

import dev.sonde.memory.HeapShare;

/// No room is left for a definition that is new or has grown; nothing has changed.
public final class DefinitionsFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DefinitionsFullException(HeapShare memory) {
        super(
                "all definitions of probes and listeners together may take "
                        + memory
                        + " of heap, and this one does not fit; delete some, or give the service"
                        + " more heap");
    }
}
