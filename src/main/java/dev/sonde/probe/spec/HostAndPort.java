package dev.sonde.probe.spec;

/// A target's text cut in two at the colon before the port; the brackets of an IPv6 literal are
/// gone.
///
/// @param host what stood before the port, not yet checked
/// @param port what stood after the last colon, not yet checked
/// @param bracketed whether the host stood in brackets, so it has to be an IPv6 literal or block
public record HostAndPort(String host, String port, boolean bracketed) {

    /// Longest text looked at: a DNS name has at most 253 characters, a port list needs the rest.
    private static final int LONGEST = 2_048;

    /// Cuts a text in two.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    public static HostAndPort split(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a target has at most "
                            + LONGEST
                            + " characters, this one has "
                            + text.length());
        }
        if (text.startsWith("[")) {
            return splitBracketed(text);
        }
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            throw new IllegalArgumentException(
                    "a target is host:port, without %s:// before it"
                            .formatted(Excerpt.of(text.substring(0, scheme))));
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a target is host:port, the port is missing");
        }
        if (text.indexOf(':') != colon) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets: [::1]:80");
        }
        return new HostAndPort(text.substring(0, colon), text.substring(colon + 1), false);
    }

    private static HostAndPort splitBracketed(String text) {
        int end = text.indexOf(']');
        if (end < 0) {
            throw new IllegalArgumentException("the closing bracket is missing");
        }
        if (!text.startsWith(":", end + 1)) {
            throw new IllegalArgumentException("after the bracket comes :port");
        }
        return new HostAndPort(text.substring(1, end), text.substring(end + 2), true);
    }
}
