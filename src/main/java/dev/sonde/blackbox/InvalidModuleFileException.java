package dev.sonde.blackbox;

import org.jspecify.annotations.Nullable;

/// A file of named settings that cannot be used, with a sentence for whoever wrote it.
final class InvalidModuleFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidModuleFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
