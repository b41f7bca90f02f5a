package dev.sonde.probe.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000ffff7f000005, ::ffff:127.0.0.5",
        "00000000000000000000ffff00000000, ::ffff:0.0.0.0",
        "0000000000000000ffff00007f000005, ::ffff:0:7f00:5",
        "00000000000000000000000000000001, ::1",
        "20010db8000000000000000000000001, 2001:db8::1",
    })
    void addressHasTheSpellingOfRfc5952(String bytes, String text) throws Exception {
        var address = Inet6Address.getByAddress("", HexFormat.of().parseHex(bytes), 0);
        assertThat(AddressText.of(address)).isEqualTo(text);
    }

    @Test
    void keptEndpointHasItsZoneWhereTheInterfaceIsGone() {
        InetSocketAddress gone = AddressText.parseEndpoint("[fe80::1%gone0]:80");
        assertThat(AddressText.of(gone)).isEqualTo("[fe80::1%gone0]:80");
        assertThatExceptionOfType(InterfaceGoneException.class)
                .isThrownBy(() -> AddressText.here(gone))
                .withMessageContaining("no interface");
        assertThatIllegalArgumentException().isThrownBy(() -> AddressText.parseEndpoint("ten:1"));
    }

    @Test
    void endpointHasTheNumberOfItsInterfaceAsItIsNow() throws InterfaceGoneException {
        InetSocketAddress kept = InetSocketAddress.createUnresolved("::1%lo", 80);
        InetSocketAddress now = AddressText.here(kept);
        assertThat(((Inet6Address) now.getAddress()).getScopedInterface().getName())
                .isEqualTo("lo");
        assertThat(AddressText.of(now)).isEqualTo("[::1%lo]:80");
        assertThat(AddressText.here(now)).isEqualTo(now);
    }

    @Test
    void sourceKeepsTheZoneThatWasWritten() throws InterfaceGoneException {
        assertThat(SourceAddress.parse("FE80:0::1%gone0")).hasToString("fe80::1%gone0");
        assertThat(SourceAddress.parseHere("::1%lo").address().getHostAddress()).endsWith("%lo");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SourceAddress.parseHere("fe80::1%gone0"));
        assertThatIllegalArgumentException().isThrownBy(() -> SourceAddress.parse("localhost"));
    }

    @Test
    void keptTargetOutlivesItsInterface() {
        Target kept = Target.parse("[fe80::1%gone0]:80");
        assertThat(kept).hasToString("[fe80::1%gone0]:80");
        assertThatExceptionOfType(InterfaceGoneException.class)
                .isThrownBy(kept::address)
                .withMessageContaining("no interface");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parseHere("[fe80::1%gone0]:80"))
                .withMessageContaining("no interface");
        assertThatIllegalArgumentException().isThrownBy(() -> Target.parse("[fe80::1%a b]:80"));
        assertThatIllegalArgumentException().isThrownBy(() -> Target.parse("[fe80::1%]:80"));
    }
}
