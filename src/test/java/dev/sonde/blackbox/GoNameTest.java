package dev.sonde.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names as Go writes them; [ExporterComparisonTest] asks Go itself.
class GoNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CN=a|CN=a",
                "\"\"|\"\"",
                "CN=a,ST=ca,L=sf,C=us,O=x|CN=a,O=x,L=sf,ST=ca,C=us",
                "CN=a,OU=one,OU=two|CN=a,OU=two+OU=one",
                "CN=last,CN=first|CN=last",
                "CN=a+OU=b|CN=a,OU=b",
                "CN=\\#x\\, y\\+|CN=\\#x\\, y\\+",
                "2.5.4.5=#130431323334,CN=a|SERIALNUMBER=1234,CN=a",
                "1.2.840.113549.1.9.1=#16057840792e7a,CN=a|CN=a,1.2.840.113549.1.9.1=#0c057840792e7a",
                "CN=#x|CN=#x",
                "CN=a,DC=local|CN=a,0.9.2342.19200300.100.1.25=#13056c6f63616c"
            })
    void nameIsWrittenAsGoDoes(String name, String written) {
        assertThat(GoName.of(name)).isEqualTo(written);
    }

    @Test
    void nameOfACertificateIsWrittenAsGoDoes() {
        String name = new X500Principal("CN=Größe, O=\"x, y\", C=de").getName();
        assertThat(GoName.of(name)).isEqualTo("CN=Größe,O=x\\, y,C=de");
    }
}
