package dev.sonde.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {

    private static final TargetPolicy OPEN = new TargetPolicy(List.of(), List.of(), false);

    /// A proxy asks [TargetPolicy#decide], a probe the other: both reach it.
    @ParameterizedTest
    @CsvSource({
        "169.254.1.1, 80, ALLOWED",
        "169.254.1.2, 80, DENIED_LINK_LOCAL",
        "169.254.9.9, 80, DENIED_BY_RULE",
        "10.0.0.1, 80, ALLOWED",
    })
    void optionOfACommandOpensAnAddressBesideTheRest(String address, int port, Decision decision)
            throws UnknownHostException {
        TargetPolicy policy =
                TargetPolicy.ofCommand(
                        List.of(),
                        List.of("169.254.9.9"),
                        List.of("169.254.1.1:80", "169.254.9.9"));
        assertThat(decide(policy, address, port)).isEqualTo(decision);
        assertThat(policy.decideProbe(InetAddress.ofLiteral(address), port)).isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, DENIED_UNSPECIFIED",
        "0.1.2.3, DENIED_UNSPECIFIED",
        "::, DENIED_UNSPECIFIED",
        "127.0.0.1, DENIED_LOOPBACK",
        "127.255.255.254, DENIED_LOOPBACK",
        "::1, DENIED_LOOPBACK",
        "169.254.169.254, DENIED_METADATA",
        "169.254.169.253, DENIED_LINK_LOCAL",
        "fe80::1, DENIED_LINK_LOCAL",
        "febf::1, DENIED_LINK_LOCAL",
        "fd00:ec2::254, DENIED_METADATA",
        "fd20:ce::254, DENIED_METADATA",
        "100.100.100.200, DENIED_METADATA",
        "168.63.129.16, DENIED_METADATA",
        "192.0.0.192, DENIED_METADATA",
        "64:ff9b:1::1, DENIED_TRANSLATED",
        "224.0.0.1, DENIED_MULTICAST",
        "239.255.255.255, DENIED_MULTICAST",
        "ff02::1, DENIED_MULTICAST",
        "255.255.255.255, DENIED_MULTICAST",
    })
    void dangerousAddressIsDeniedByDefaultAndTheDecisionSaysWhatItIs(
            String address, Decision decision) throws UnknownHostException {
        assertThat(decide(OPEN, address, 80)).isEqualTo(decision);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:169.254.169.254", // IPv4-mapped
                "::169.254.169.254", // IPv4-compatible
                "64:ff9b::169.254.169.254", // NAT64
                "2002:a9fe:a9fe::1", // 6to4
                "2002:7f00:1::",
                "64:ff9b::7f00:1",
                "::127.0.0.1",
                "64:ff9b::",
                "2002:0:1::",
                "2002:e000:1::",
                "64:ff9b:1::169.254.169.254", // NAT64 with a prefix of the network's own
                "2001:0:4136:e378:8000:63bf:5601:5601", // Teredo
            })
    void embeddedIpv4AddressIsDeniedByDefault(String address) throws UnknownHostException {
        assertThat(decide(OPEN, address, 80)).matches(Decision::isOpenedByAllow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "203.0.113.1",
                "2001:db8::1",
                "fd12::1",
                "1.0.0.0",
                "223.255.255.255",
                "64:ff9b::203.0.113.1",
                "2002:cb00:7101::1",
                "64:ff9b:0:0:0:1:7f00:1", // not the well-known prefix: nothing is embedded
            })
    void restIsAllowedByDefault(String address) throws UnknownHostException {
        assertThat(decide(OPEN, address, 80)).isEqualTo(Decision.ALLOWED);
    }

    @Test
    void loopbackIsAllowedWhereTheServiceListensThereAlone() throws UnknownHostException {
        TargetPolicy policy = new TargetPolicy(List.of(), List.of(), true);
        assertThat(decide(policy, "127.0.0.1", 80)).isEqualTo(Decision.ALLOWED);
        assertThat(decide(policy, "::1", 80)).isEqualTo(Decision.ALLOWED);
        assertThat(decide(policy, "0.0.0.0", 80)).isEqualTo(Decision.DENIED_UNSPECIFIED);
        assertThat(decide(policy, "::", 80)).isEqualTo(Decision.DENIED_UNSPECIFIED);
    }

    @Test
    void allowRuleOpensWhatIsDeniedByDefault() throws UnknownHostException {
        TargetPolicy policy = new TargetPolicy(List.of("169.254.169.254:80"), List.of(), false);
        assertThat(decide(policy, "169.254.169.254", 80)).isEqualTo(Decision.ALLOWED);
        assertThat(decide(policy, "169.254.169.254", 81)).isEqualTo(Decision.NOT_ALLOWED);
        assertThat(decide(policy, "2002:a9fe:a9fe::", 80)).isEqualTo(Decision.ALLOWED);
    }

    @Test
    void nothingElseIsAllowedWhereThereIsAnAllowRule() throws UnknownHostException {
        TargetPolicy policy = new TargetPolicy(List.of("10.0.0.0/8:443"), List.of(), true);
        assertThat(decide(policy, "10.1.2.3", 443)).isEqualTo(Decision.ALLOWED);
        assertThat(decide(policy, "10.1.2.3", 80)).isEqualTo(Decision.NOT_ALLOWED);
        assertThat(decide(policy, "203.0.113.1", 443)).isEqualTo(Decision.NOT_ALLOWED);
        assertThat(decide(policy, "127.0.0.1", 443)).isEqualTo(Decision.NOT_ALLOWED);
    }

    @Test
    void ipv6RuleOpensNoIpv4Address() throws UnknownHostException {
        TargetPolicy policy = new TargetPolicy(List.of("::/0"), List.of(), false);
        assertThat(decide(policy, "2001:db8::1", 80)).isEqualTo(Decision.ALLOWED);
        assertThat(decide(policy, "169.254.169.254", 80)).isEqualTo(Decision.NOT_ALLOWED);
        assertThat(decide(policy, "64:ff9b::169.254.169.254", 80)).isEqualTo(Decision.NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:a00:1::5",
        "::10.0.0.1",
    })
    void denyRuleWinsHoweverTheAddressIsWritten(String address) throws UnknownHostException {
        TargetPolicy policy =
                new TargetPolicy(List.of("0.0.0.0/0", "::/0"), List.of("10.0.0.0/8"), true);
        assertThat(decide(policy, address, 80)).isEqualTo(Decision.DENIED_BY_RULE);
    }

    @Test
    void denyRuleMatchesTheAddressAsItIsToo() throws UnknownHostException {
        TargetPolicy policy = new TargetPolicy(List.of(), List.of("64:ff9b::/96"), true);
        assertThat(decide(policy, "64:ff9b::203.0.113.1", 80)).isEqualTo(Decision.DENIED_BY_RULE);
        assertThat(decide(policy, "203.0.113.1", 80)).isEqualTo(Decision.ALLOWED);
    }

    @Test
    void decisionNamesNoAddress() {
        for (Decision decision : Decision.values()) {
            assertThat(decision.explanation()).doesNotContainPattern("\\d");
        }
    }

    @Test
    void malformedRuleStopsTheConstruction() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TargetPolicy(List.of(), List.of("10.0.0.0/8", "ten"), true))
                .withMessageContaining("\"ten\"");
    }

    private static Decision decide(TargetPolicy policy, String address, int port)
            throws UnknownHostException {
        return policy.decide(InetAddress.getByName(address), port);
    }
}
