package dev.sonde.start;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Attributes of a new file or directory that only its owner may use. None where the file system
/// knows no such permissions.
public final class OwnerPermissions {

    static final String DIRECTORY = "rwx------";
    static final String FILE = "rw-------";

    private OwnerPermissions() {}

    public static FileAttribute<?>[] ofDirectory() {
        return attributes(DIRECTORY);
    }

    public static FileAttribute<?>[] ofFile() {
        return attributes(FILE);
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
