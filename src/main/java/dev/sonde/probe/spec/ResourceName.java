package dev.sonde.probe.spec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/// The rule for names of probes, and the key of a name.
public final class ResourceName {

    private static final Pattern VALID = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    private ResourceName() {}

    public static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }

    /// Refuses what may not name a probe.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the name
    public static String requireValid(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "a name is 1 to 63 lower-case letters, digits, \".\" and \"-\", with a letter or"
                            + " digit at both ends, not \""
                            + Excerpt.of(name)
                            + "\"");
        }
        return name;
    }

    /// The first 64 bits of the name's SHA-256: the same on every machine and in every version.
    ///
    /// Read as a fraction it says where in its interval a probe runs, and it is the probe's key in
    /// the store. Being one number for both is what makes the store cheap: probes that run one
    /// after another lie beside each other in its index. Two of a million names meet with a
    /// probability of 3e-8, and the store then refuses the second.
    public static long key(String name) {
        byte[] digest = sha256().digest(name.getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.wrap(digest).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
