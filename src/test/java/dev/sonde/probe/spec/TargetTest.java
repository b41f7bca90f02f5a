package dev.sonde.probe.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The text of a target: one spelling for an address, and a sentence for whatever is no target.
class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "db.example:5432,      db.example,     5432",
        "db.example.:5432,     db.example.,    5432",
        "_sip._tcp.example:1,  _sip._tcp.example, 1",
        "xn--bcher-kva.ch:443, xn--bcher-kva.ch, 443",
        "1a.2b:80,             1a.2b,          80",
        "127.0.0.1:1,          127.0.0.1,      1",
        "255.255.255.255:80,   255.255.255.255, 80",
        "0.0.0.0:80,           0.0.0.0,        80",
        "[::1]:65535,          ::1,            65535",
        "[2001:db8::1]:443,    2001:db8::1,    443",
    })
    void targetIsReadAndWrittenBack(String text, String host, int port) {
        Target target = Target.parse(text);
        assertThat(target).isEqualTo(new Target(host, port));
        assertThat(target).hasToString(text);
    }

    @Test
    void literalNeedsNoLookUp() throws Exception {
        assertThat(Target.parse("127.0.0.1:1").address())
                .contains(Inet4Address.ofLiteral("127.0.0.1"));
        assertThat(Target.parse("[::1]:1").address()).contains(Inet6Address.ofLiteral("::1"));
        assertThat(Target.parse("[::ffff:10.0.0.1]:1").address())
                .contains(InetAddress.getByName("10.0.0.1"));
        assertThat(Target.parse("localhost:1").address()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "2130706433",
                "0",
                "0177.0.0.1",
                "0x7f.1",
                "0x7f000001",
                "1.2.3.4.",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.04",
                "1..2.3",
                "00.0.0.0",
                "example.0x",
                "example.123",
            })
    void addressThatIsNotCanonicalIsRefused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse(host + ":80"))
                .withMessageContaining("four decimal numbers")
                .withMessageContaining(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "１２７.０.０.１:80", // full-width digits
                "١٢٧.٠.٠.١:80", // Arabic digits
                "bücher.ch:80",
                "例え.jp:80",
                "a b:80",
                "-a.example:80",
                "a-.example:80",
                "a..b:80",
                ".a:80",
                ".:80",
                "a\u0000b:80",
                "user@host:80",
                "http//host:80",
                "a%41:80",
                "127.0.0.1/8:80",
            })
    void textThatIsNoHostNameIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse(text))
                .withMessageContaining("not a host name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:::1]:80",
                "[1::2::3]:80",
                "[12345::]:80",
                "[::１]:80", // a full-width digit
                "[::ffff:127.1]:80",
                "[::ffff:0177.0.0.1]:80",
                "[::ffff:0x7f.0.0.1]:80",
                "[[::1]]:80",
                "[fe80::1%no such]:80",
                "[::1 ]:80",
                "[:]:80",
            })
    void textThatIsNoIpv6AddressIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Target.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ::1               | stands in brackets
                    ::1:80            | stands in brackets
                    localhost         | the port is missing
                    ''                | the port is missing
                    :80               | the host is missing
                    []:80             | in brackets stands an IPv6 address
                    [::1              | closing bracket
                    [::1]80           | after the bracket
                    [::1]             | after the bracket
                    [127.0.0.1]:80    | in brackets stands an IPv6 address
                    [localhost]:80    | in brackets stands an IPv6 address
                    """)
    void targetIsRefusedWithTheReason(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse(text))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "0", "65536", "99999", "100000", "080", "+80", "-80", " 80", "80 ", "8O", "８０",
                "0x50", "1e2", "80/tcp",
            })
    void portIsRefusedWhenItIsNotACanonicalNumberInRange(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse("host.example:" + port))
                .withMessageContaining("65535");
    }

    @Test
    void portIsCheckedWhenTheTargetIsNotParsed() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Target("a", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Target("a", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Target("a", 65_536));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "1.", "a.", ":", "é", "\uD83D\uDE00"})
    void longTextIsRefusedWithAShortSentence(String unit) {
        String million = unit.repeat(1_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse(million + ":80"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Target(million, 80))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse("host:" + million.substring(0, 2_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void hostHasNoBrackets() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Target("[::1]", 80));
    }

    @Test
    void literalIsOneWhenItsInterfaceIsGone() {
        Target gone = Target.parse("[fe80::1%gone0]:1");
        assertThat(gone.isLiteral()).isTrue();
        assertThatExceptionOfType(InterfaceGoneException.class).isThrownBy(gone::address);
        assertThatIllegalArgumentException().isThrownBy(gone::requireHere);
    }

    @Test
    void longestNameIsTaken() {
        String name =
                "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(61);
        assertThat(new Target(name, 80).host()).hasSize(253);
        assertThat(new Target(name + ".", 80).host()).hasSize(254);
        assertThatIllegalArgumentException().isThrownBy(() -> new Target(name + "d", 80));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Target("a".repeat(64) + ".example", 80));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, '\n', '\r', 0x1B, 0x7F, 0x85, 0x9B, 0x2028, 0x202E, 0x200B, 0xFEFF})
    void messageHasNoControlCharacterWhenTheTextHas(int control) {
        String text = "a" + Character.toString(control) + "b:80";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse(text))
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain(Character.toString(control)))
                .withMessageContaining("a�b");
    }

    @Test
    void excerptCutsNoCharacterInTwo() {
        String excerpt = Excerpt.of("a".repeat(79) + "\uD83D\uDE00 and more");
        assertThat(excerpt.codePoints())
                .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
        assertThat(excerpt).startsWith("a".repeat(79)).endsWith("…");
    }
}
