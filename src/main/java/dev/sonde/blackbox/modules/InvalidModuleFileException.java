package dev.sonde.blackbox.modules;

import org.jspecify.annotations.Nullable;

/// A file of named settings that cannot be used, with a sentence for its author.
public final class InvalidModuleFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidModuleFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
