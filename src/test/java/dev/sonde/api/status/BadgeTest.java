package dev.sonde.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class BadgeTest {

    private static Element read(Badge badge) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(badge.svg())))
                .getDocumentElement();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"up", "degraded", "down", "maintenance", "paused", "pending", "unknown"})
    void wordStandsInTheDrawingAndItsNameWhateverTheState(String state) throws Exception {
        Element svg = read(Badge.ofState("orders-db", state));
        assertThat(svg.getAttribute("aria-label")).isEqualTo("orders-db: " + state);
        assertThat(svg.getElementsByTagName("text").item(1).getTextContent()).isEqualTo(state);
    }

    @Test
    void textsFitWhenTheyAreLong() throws Exception {
        Element svg = read(new Badge("m".repeat(63), "99.99 %", Badge.GOOD));
        Element label = (Element) svg.getElementsByTagName("text").item(0);
        Element value = (Element) svg.getElementsByTagName("text").item(1);
        int end = Integer.parseInt(label.getAttribute("x")) + length(label);
        assertThat(end).isLessThan(Integer.parseInt(value.getAttribute("x")));
        assertThat(Integer.parseInt(value.getAttribute("x")) + length(value))
                .isLessThan(Integer.parseInt(svg.getAttribute("width")));
    }

    private static int length(Element text) {
        return Integer.parseInt(text.getAttribute("textLength"));
    }

    @Test
    void tagChangesWithTheValueAlone() {
        assertThat(Badge.ofState("a", "up").tag())
                .isEqualTo(Badge.ofState("a", "up").tag())
                .isNotEqualTo(Badge.ofState("a", "down").tag());
    }

    @Test
    void markupIsEscapedWhenATextHasSome() throws Exception {
        Element svg = read(new Badge("<&\"'", "a<b", Badge.GOOD));
        assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("<&\"'");
    }
}
