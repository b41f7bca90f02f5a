package dev.sonde.api.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The text that names the place where the next page of a list starts. A cursor carries a checksum
/// of the list and the place. A cursor of another list and an invented one are refused. The
/// checksum is no secret, because a cursor opens nothing that its list would not show. Every
/// replica reads the cursors of the others.
public final class Cursor {

    private static final int CHECK_BYTES = 6;
    private static final int LONGEST = 128;

    private Cursor() {}

    /// The cursor for a place; null where there is none.
    ///
    /// @param list the path of the list below `/api/v1/`
    /// @param place the last item's own key
    public static @Nullable String of(String list, @Nullable String place) {
        if (place == null) {
            return null;
        }
        byte[] text = place.getBytes(StandardCharsets.UTF_8);
        byte[] both =
                ByteBuffer.allocate(CHECK_BYTES + text.length)
                        .put(check(list, place))
                        .put(text)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    }

    /// The place that a cursor names; null where no cursor is given.
    ///
    /// @throws InvalidRequestException when this list did not hand it out
    public static @Nullable String place(String list, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        byte[] both = bytes(cursor);
        if (both.length > CHECK_BYTES) {
            int length = both.length - CHECK_BYTES;
            String place = new String(both, CHECK_BYTES, length, StandardCharsets.UTF_8);
            if (cursor.equals(of(list, place))) {
                return place;
            }
        }
        throw Query.invalid("cursor", cursor, "the \"next\" of an earlier page of this list");
    }

    /// The same for a list whose places are numbers.
    public static long number(String list, @Nullable String cursor, long whenAbsent) {
        String place = place(list, cursor);
        return place == null ? whenAbsent : Long.parseLong(place);
    }

    private static byte[] bytes(String cursor) {
        try {
            return cursor.length() > LONGEST ? new byte[0] : Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            // Not in base64: it was not handed out, as the caller says.
            return new byte[0];
        }
    }

    private static byte[] check(String list, String place) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((list + '\n' + place).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
