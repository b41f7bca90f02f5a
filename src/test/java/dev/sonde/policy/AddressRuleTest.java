package dev.sonde.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,              10.255.255.255,       1, true",
        "10.0.0.0/8,              11.0.0.0,         65535, false",
        "10.1.2.3,                10.1.2.3,            80, true",
        "10.1.2.3,                10.1.2.4,            80, false",
        "10.1.2.3/31,             10.1.2.2,            80, true",
        "10.1.2.0/25,             10.1.2.128,          80, false",
        "0.0.0.0/0,               203.0.113.9,         80, true",
        "0.0.0.0/0,               2001:db8::1,         80, false",
        "10.0.0.0/8:443,          10.0.0.1,           443, true",
        "10.0.0.0/8:443,          10.0.0.1,           444, false",
        "10.0.0.0/8:8000-8080,    10.0.0.1,          8000, true",
        "10.0.0.0/8:8000-8080,    10.0.0.1,          8080, true",
        "10.0.0.0/8:8000-8080,    10.0.0.1,          7999, false",
        "10.0.0.0/8:8000-8080,    10.0.0.1,          8081, false",
        "2001:db8::/32,           2001:db8:ffff::1,    80, true",
        "2001:db8::/32,           2001:db9::1,         80, false",
        "2001:db8::1,             2001:db8::1,         80, true",
        "2001:db8::/64,           2001:db8:0:0:ffff::, 80, true",
        "2001:db8::/65,           2001:db8:0:0:8000::, 80, false",
        "2001:db8::/127,          2001:db8::2,         80, false",
        "[2001:db8::/32],         2001:db8::1,         80, true",
        "[2001:db8::/32]:443,     2001:db8::1,        443, true",
        "[2001:db8::/32]:443,     2001:db8::1,         80, false",
        "[2001:db8::1]:1-65535,   2001:db8::1,      65535, true",
        "[2001:db8::]/32,         2001:db8:ffff::1,    80, true",
        "[2001:db8::]/32,         2001:db9::1,         80, false",
        "[2001:db8::]/32:443,     2001:db8:ffff::1,   443, true",
        "[2001:db8::]/32:443,     2001:db8:ffff::1,    80, false",
        "[2001:db8::]/32:80-443,  2001:db8::1,        443, true",
        "[::]/0:443,              2001:db8::1,        443, true",
        "'  10.0.0.0/8 ',         10.0.0.1,            80, true",
        "::/0,                    2001:db8::1,         80, true",
    })
    void ruleMatchesItsBlockAndPortsAlone(String rule, String address, int port, boolean matches)
            throws Exception {
        AddressBits bits = AddressBits.of(InetAddress.getByName(address));
        assertThat(AddressRule.parse(rule).matches(bits, port)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::/0", "::/8", "::/80", "[::/0]:1-65535"})
    void ipv6BlockNeverMatchesAnIpv4Address(String rule) throws Exception {
        AddressBits bits = AddressBits.of(InetAddress.getByName("169.254.169.254"));
        assertThat(AddressRule.parse(rule).matches(bits, 80)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                  | the host is missing
                    10.0.0.0/33         | from 0 to 32, not "33"
                    2001:db8::/129      | from 0 to 128, not "129"
                    10.0.0.0/           | from 0 to 32, not ""
                    10.0.0.0/-1         | from 0 to 32, not "-1"
                    10.0.0.0/８         | from 0 to 32
                    10.0.0.0/8/8        | not "8/8"
                    10.0.0.0/8:0        | from 1 to 65535, not "0"
                    10.0.0.0/8:65536    | from 1 to 65535, not "65536"
                    10.0.0.0/8:80-      | from 1 to 65535, not ""
                    10.0.0.0/8:-80      | from 1 to 65535, not ""
                    10.0.0.0/8:90-80    | ends before it begins
                    10.0.0.0/8:         | from 1 to 65535, not ""
                    [2001:db8::/32]:    | from 1 to 65535, not ""
                    [2001:db8::/32      | closing bracket
                    [2001:db8::/32]443  | after the bracket
                    [2001:db8::/32]/32  | after the bracket
                    [2001:db8::]/129:80 | from 0 to 128, not "129"
                    [2001:db8::]/:80    | from 0 to 128, not ""
                    [2001:db8::]/32:    | from 1 to 65535, not ""
                    [10.0.0.0/8]:80     | stands an IPv6 block
                    [10.0.0.0/8]        | stands an IPv6 block
                    db.example          | names are never matched
                    10.0.0/8            | four decimal numbers
                    010.0.0.0/8         | four decimal numbers
                    *                   | not a host name
                    """)
    void ruleIsRefusedWithTheReason(String rule, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRule.parse(rule))
                .withMessageContaining("is not CIDR, CIDR:port or CIDR:from-to")
                .withMessageContaining(reason);
    }

    @Test
    void longRuleIsRefusedWithAShortSentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRule.parse("10.0.0.0/" + "9".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }
}
