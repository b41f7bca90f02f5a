package dev.sonde.start;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// The clause that says why a file or a folder cannot be used. The JDK's own text is often only the
/// name of the file.
public final class FileProblem {

    private FileProblem() {}

    /// Such as `/data: permission denied`.
    public static String of(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NoSuchFileException missing -> missing.getFile() + ": no such file exists";
            case NotDirectoryException file -> file.getFile() + ": not a folder";
            case FileSystemException other when other.getReason() != null ->
                    other.getFile() + ": " + other.getReason();
            default ->
                    cause.getMessage() == null
                            ? cause.getClass().getSimpleName()
                            : cause.getMessage();
        };
    }
}
