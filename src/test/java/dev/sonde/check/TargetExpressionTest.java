package dev.sonde.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sonde.probe.spec.Target;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How one entry of a target list expands.
class TargetExpressionTest {

    @Test
    void targetIsTakenWhenItsInterfaceWentWhileTheCheckRan() {
        String text = "[fe80::1%gone0]:80";
        assertThat(TargetExpression.parse(text).at(0)).hasToString(text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetExpression.parseHere(text))
                .withMessageContaining("no interface");
    }

    @Test
    void allHostsComeOnOnePortBeforeTheNextWhenABlockHasSeveral() {
        assertThat(expand("10.0.0.254/31:22,80-81"))
                .containsExactly(
                        "10.0.0.254:22",
                        "10.0.0.255:22",
                        "10.0.0.254:80",
                        "10.0.0.255:80",
                        "10.0.0.254:81",
                        "10.0.0.255:81");
    }

    @Test
    void theAddressesCarryWhenABlockOfIpv6CrossesAGroup() {
        assertThat(expand("[2001:db8::fffe:0/127]:80"))
                .containsExactly("[2001:db8::fffe:0]:80", "[2001:db8::fffe:1]:80");
    }

    @Test
    void aNameStandsForItselfWhenItHasAPort() {
        assertThat(expand("db.example:5432")).containsExactly("db.example:5432");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8:1|16777216",
                "0.0.0.0/0:1-65535|281470681743360",
                "10.0.0.1/32:1|1",
                "[::1/128]:1|1",
                "[2001:db8::/96]:1|4294967296",
                "[2001:db8::/66]:1|4611686018427387904",
                "[2001:db8::/66]:1-3|9223372036854775807",
                "[::/0]:1-65535|9223372036854775807"
            })
    void theCountIsExactOrTheHighestWhenABlockIsHuge(String text, long expected) {
        assertThat(TargetExpression.parse(text).count()).isEqualTo(expected);
    }

    @Test
    void theCountStaysTheHighestWhenHugeOnesAreAdded() {
        TargetExpression huge = TargetExpression.parse("[::/0]:1");
        assertThat(TargetExpression.saturatedSum(huge.count(), huge.count()))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anIpv4AddressInsideAnIpv6OneIsATargetAndNoBlock() {
        assertThat(expand("[::ffff:127.0.0.1]:80")).containsExactly("[::ffff:127.0.0.1]:80");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetExpression.parse("[::ffff:10.0.0.0/120]:80"))
                .withMessageContaining("10.0.0.0/28");
    }

    @Test
    void theSchemeIsNamedWhenATargetIsAUrl() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetExpression.parse("https://db.example:443"))
                .withMessage("a target is host:port, without https:// before it");
    }

    @Test
    void theBlockIsNamedWhenHostBitsAreSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetExpression.parse("10.0.0.5/28:22"))
                .withMessageContaining("the block is 10.0.0.0/28");
    }

    private static List<String> expand(String text) {
        TargetExpression expression = TargetExpression.parse(text);
        return LongStream.range(0, expression.count())
                .mapToObj(expression::at)
                .map(Target::toString)
                .toList();
    }
}
