package dev.sonde.form.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.probe.expect.Expectation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// The written form of what is expected.
class ExpectFormTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void writtenFormIsTheSameWhenItWasRead() {
        String written =
                "{\"outcome\":\"failed\",\"reasons\":[\"refused\"],\"connect\":\"<50ms\","
                        + "\"rtt\":\"<= 20ms\",\"synRetransmits\":\"0\","
                        + "\"certificateDays\":\">=14\",\"certificateLifetime\":\">=20.5%\","
                        + "\"tlsVersion\":\">=TLSv1.2\"}";
        InvalidFields invalid = new InvalidFields();
        Expectation read =
                JSON.readValue(written, ExpectForm.class).toExpectation("expect", invalid);
        invalid.throwIfAny();
        assertThat(JSON.valueToTree(ExpectForm.of(read)).toString())
                .isEqualTo(JSON.readTree(written).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"outcome\":\"not_probed\"}                          | expect.outcome",
                "{\"reasons\":[\"refused\"]}                           | expect.reasons",
                "{\"outcome\":\"failed\",\"reasons\":[\"tired\"]}      | expect.reasons[0]",
                "{\"outcome\":\"failed\",\"reasons\":[]}               | expect.reasons",
                "{\"connect\":\"<soon\"}                               | expect.connect",
                "{\"rtt\":\"\"}                                        | expect.rtt",
                "{\"synRetransmits\":-1}                               | expect.synRetransmits",
                "{\"synRetransmits\":1.5}                              | expect.synRetransmits",
                "{\"certificateDays\":\">=14d\"}                       | expect.certificateDays",
                "{\"certificateLifetime\":\">=120%\"}                  | expect.certificateLifetime",
                "{\"certificateLifetime\":\"20\"}                      | expect.certificateLifetime",
                "{\"tlsVersion\":\">=TLSv1.1\"}                        | expect.tlsVersion",
            })
    void fieldIsNamedWhenItIsWrong(String written, String field) {
        InvalidFields invalid = new InvalidFields();
        JSON.readValue(written, ExpectForm.class).toExpectation("expect", invalid);
        InvalidRequestException refused =
                catchThrowableOfType(InvalidRequestException.class, invalid::throwIfAny);
        assertThat(refused.fields()).extracting(InvalidField::field).containsExactly(field);
    }
}
