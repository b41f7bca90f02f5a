package dev.sonde.policy;

import static dev.sonde.policy.Decision.ALLOWED;
import static dev.sonde.policy.Decision.DENIED_BY_RULE;
import static dev.sonde.policy.Decision.NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules judge the address that is connected to, and each IPv4 address that an address carries.
class ConnectedAddressTest {

    private static final TargetPolicy EVERYTHING_BUT_LOCAL =
            new TargetPolicy(
                    List.of("0.0.0.0/0", "::/0"),
                    List.of("127.0.0.0/8", "::1/128", "10.0.0.0/8"),
                    false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "::ffff:0.0.0.0",
                "::ffff:127.0.0.1",
                "::127.0.0.1", // IPv4-compatible
                "64:ff9b::127.0.0.1", // NAT64
                "64:ff9b::10.1.2.3",
                "64:ff9b:1::10.1.2.3", // NAT64 of the network's own, /96
                "64:ff9b:1:a01:2:300::", // the same, /48
                "64:ff9b:1:a:1:203::", // the same, /56
                "64:ff9b:1:0:a:102:300:0", // the same, /64
                "2002:7f00:1::1", // 6to4
                "2002:a01:203::1",
                "::ffff:0:127.0.0.1", // SIIT
                "::ffff:0:a01:203",
                "2001:db8::5efe:127.0.0.1", // ISATAP
                "2001:db8::200:5efe:10.1.2.3",
                "2001:0:a01:203::1", // Teredo, its server
                "2001:0:4136:e378:8000:63bf:f5fe:fdfc", // Teredo, its client 10.1.2.3
            })
    void denyRuleMatchesWhatTheAddressLeadsTo(String address) throws Exception {
        assertThat(decide(EVERYTHING_BUT_LOCAL, address)).isEqualTo(DENIED_BY_RULE);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,     0.0.0.0,                     ALLOWED",
        "0.0.0.0,       0.0.0.0,                     NOT_ALLOWED",
        "::1,           ::,                          ALLOWED",
        "::,            ::,                          NOT_ALLOWED",
        "10.0.0.0/8,    ::ffff:0:10.0.0.1,           NOT_ALLOWED",
        "::/0,          ::ffff:0:10.0.0.1,           NOT_ALLOWED",
        "10.0.0.0/8,    2001:db8::5efe:10.0.0.1,     NOT_ALLOWED",
        "2001:db8::/32, 2001:db8::5efe:10.0.0.1,     ALLOWED",
    })
    void allowRuleMatchesTheAddressThatIsConnectedTo(String rule, String address, Decision then)
            throws Exception {
        TargetPolicy policy = new TargetPolicy(List.of(rule), List.of(), true);
        assertThat(decide(policy, address)).isEqualTo(then);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"::ffff:0:169.254.169.254", "2001:db8::5efe:169.254.169.254", "0.0.0.0"})
    void carriedAddressIsDeniedByDefaultToo(String address) throws Exception {
        TargetPolicy open = new TargetPolicy(List.of(), List.of(), true);
        assertThat(decide(open, address)).matches(Decision::isOpenedByAllow);
        assertThat(decide(open, "2001:db8::5eff:169.254.169.254")).isEqualTo(ALLOWED);
    }

    @Test
    void translatedAddressIsNamedAsItIsAndAsItsIpv4Address() throws Exception {
        var both = new TargetPolicy(List.of("::/0", "10.0.0.0/8"), List.of(), true);
        assertThat(decide(both, "::ffff:0:10.0.0.1")).isEqualTo(ALLOWED);
        assertThat(decide(both, "::ffff:0:11.0.0.1")).isEqualTo(NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8,  0.0.0.0,            NOT_ALLOWED",
        "0.0.0.0/8,    0.0.0.0,            NOT_ALLOWED",
        "0.0.0.0/0,    0.0.0.0,            ALLOWED",
        "0.0.0.0,      0.0.0.0,            ALLOWED",
        "0.0.0.0/0,    ::,                 NOT_ALLOWED",
        "::/0,         ::,                 NOT_ALLOWED",
        "127.0.0.0/8,  2002:7f00:1::,      NOT_ALLOWED",
        "127.0.0.0/8,  ::ffff:127.0.0.1,   ALLOWED",
    })
    void bindRuleMatchesEveryAddressThatIsListenedOn(String rule, String address, BindDecision then)
            throws Exception {
        BindPolicy policy = new BindPolicy(List.of(rule), Set::of);
        assertThat(policy.decide(InetAddress.getByName(address), 9_000)).isEqualTo(then);
    }

    @Test
    void socketForBothFamiliesNeedsARuleForEach() throws Exception {
        BindPolicy policy = new BindPolicy(List.of("::/0", "0.0.0.0/0"), Set::of);
        assertThat(policy.decide(InetAddress.getByName("::"), 9_000))
                .isEqualTo(BindDecision.ALLOWED);
    }

    private static Decision decide(TargetPolicy policy, String address)
            throws UnknownHostException {
        return policy.decide(InetAddress.getByName(address), 80);
    }
}
