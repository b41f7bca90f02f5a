package dev.sonde.probe.spec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;

/// The rule for names of probes, listeners, certificates, sets and receivers, and the key of a
/// name.
public final class ResourceName {

    /// The pattern of a whole name.
    public static final String PATTERN = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?";

    /// Of each thread: the store asks for several keys with each result.
    private static final ThreadLocal<MessageDigest> SHA_256 =
            ThreadLocal.withInitial(ResourceName::sha256);

    private static final int LONGEST = 63;
    private static final int CHECKSUM_DIGITS = 8;

    private ResourceName() {}

    /// Whether a text matches [#PATTERN]. A start asks for each definition, and a regular
    /// expression
    /// costs it a tenth of a second for 100,000.
    public static boolean isValid(String name) {
        int last = name.length() - 1;
        if (last < 0 || last >= LONGEST) {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            char c = name.charAt(i);
            boolean isInner = i > 0 && i < last && (c == '.' || c == '-');
            if (!isInner && (c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /// Refuses a text that is no valid name.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the name
    public static String requireValid(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "a name is 1 to 63 lower-case letters, digits, \".\" and \"-\", with "
                            + "alphanumeric ends, not \""
                            + Excerpt.of(name)
                            + "\"");
        }
        return name;
    }

    /// The name that is made of a text: lower case, and each run of other characters is `-`. A long
    /// one is cut and ends with a checksum of the whole. Empty where nothing of the text can stand
    /// in a name.
    public static String madeOf(String text) {
        String clean =
                text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.-]+", "-")
                        .replaceAll("^[.-]+|[.-]+$", "");
        if (clean.length() <= LONGEST) {
            return clean;
        }
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return clean.substring(0, LONGEST - CHECKSUM_DIGITS - 1).replaceAll("[.-]+$", "")
                + "-"
                + HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /// The first 64 bits of the name's SHA-256: the same on every machine and in every version.
    ///
    /// As a fraction, the key is the probe's place in its interval. It is also the probe's key in
    /// the store. Probes that run one after another therefore lie beside each other in the store's
    /// index. Two of a million names have the same key with a probability of 3e-8. The store then
    /// refuses the second.
    public static long key(String name) {
        byte[] digest = SHA_256.get().digest(name.getBytes(StandardCharsets.US_ASCII));
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
