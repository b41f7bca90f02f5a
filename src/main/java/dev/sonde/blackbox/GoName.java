package dev.sonde.blackbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;

/// Distinguished names as Go writes them (`crypto/x509/pkix`, `Name.String`), because users match
/// the labels of blackbox_exporter's metrics. Attributes of the usual kinds have a fixed order, not
/// the certificate's. Those of one kind are together. Any other attribute is named by its number.
final class GoName {

    /// From the last to the first.
    private static final List<String> KINDS =
            List.of("C", "ST", "L", "STREET", "POSTALCODE", "O", "OU", "CN", "SERIALNUMBER");

    /// Of these Go keeps the last one.
    private static final List<String> SINGLE = List.of("CN", "SERIALNUMBER");

    /// Types that the JDK writes by number and Go by keyword.
    private static final Map<String, String> KEYWORDS =
            Map.of("2.5.4.5", "SERIALNUMBER", "2.5.4.17", "POSTALCODE");

    /// Types that the JDK writes by keyword and Go by number.
    private static final Map<String, String> NUMBERS =
            Map.of("DC", "0.9.2342.19200300.100.1.25", "UID", "0.9.2342.19200300.100.1.1");

    private static final String ESCAPED = ",+\"\\<>;";

    /// @param type a keyword, or a number
    private record Attribute(String type, String value) {

        static Attribute of(Rdn rdn) {
            return new Attribute(
                    KEYWORDS.getOrDefault(rdn.getType(), rdn.getType()), text(rdn.getValue()));
        }

        private static String text(Object value) {
            if (!(value instanceof byte[] encoded)) {
                return value.toString();
            }
            try {
                ASN1Primitive read = ASN1Primitive.fromByteArray(encoded);
                return read instanceof ASN1String string ? string.getString() : "";
            } catch (IOException | RuntimeException _) {
                return ""; // the issuer of a certificate may have put any bytes there
            }
        }

        @Override
        public String toString() {
            if (KINDS.contains(type)) {
                return type + "=" + escaped(value);
            }
            return NUMBERS.getOrDefault(type, type) + "=#" + HexFormat.of().formatHex(encoded());
        }

        private byte[] encoded() {
            ASN1Encodable encodable =
                    DERPrintableString.isPrintableString(value)
                            ? new DERPrintableString(value)
                            : new DERUTF8String(value);
            try {
                return encodable.toASN1Primitive().getEncoded();
            } catch (IOException e) {
                throw new IllegalStateException("a string without an encoding", e);
            }
        }
    }

    private GoName() {}

    /// @param name in the form of RFC 2253
    static String of(String name) {
        List<Attribute> all;
        try {
            // A relative name of several attributes is split, as Go does.
            all = new LdapName(name).getRdns().stream().flatMap(GoName::parts).toList();
        } catch (InvalidNameException | IllegalArgumentException _) {
            return name;
        }
        List<String> written =
                all.stream()
                        .filter(each -> !KINDS.contains(each.type()))
                        .map(Attribute::toString)
                        .collect(Collectors.toCollection(ArrayList::new));
        for (String kind : KINDS) {
            List<Attribute> same = all.stream().filter(each -> each.type().equals(kind)).toList();
            boolean isOne = SINGLE.contains(kind) && !same.isEmpty();
            String joined =
                    (isOne ? List.of(same.getLast()) : same)
                            .stream().map(Attribute::toString).collect(Collectors.joining("+"));
            written.add(joined);
        }
        written.removeIf(String::isEmpty);
        Collections.reverse(written);
        return String.join(",", written);
    }

    private static Stream<Attribute> parts(Rdn rdn) {
        if (rdn.size() == 1) {
            return Stream.of(Attribute.of(rdn));
        }
        return Collections.list(rdn.toAttributes().getAll()).stream()
                .map(
                        each -> {
                            try {
                                return Attribute.of(new Rdn(each.getID(), each.get()));
                            } catch (NamingException _) {
                                return null;
                            }
                        })
                .filter(Objects::nonNull);
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isEdge = i == 0 || i == value.length() - 1;
            if (ESCAPED.indexOf(c) >= 0 || (c == ' ' && isEdge) || (c == '#' && i == 0)) {
                text.append('\\');
            }
            text.append(c);
        }
        return text.toString();
    }
}
