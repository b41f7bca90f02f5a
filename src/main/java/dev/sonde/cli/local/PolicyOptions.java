package dev.sonde.cli.local;

import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.policy.BindPolicy;
import dev.sonde.policy.FloodPolicy;
import dev.sonde.policy.TargetPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// Which addresses a command may reach: the rules of a service that listens on loopback, and those
/// of the environment (`SONDE_POLICY_TARGETS_DENY`).
final class PolicyOptions {

    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");
    private static final List<String> BINDS = List.of("127.0.0.0/8:1024-65535", "[::1]:1024-65535");

    @Option(
            names = "--allow",
            paramLabel = "CIDR[:PORT]",
            description =
                    "Allow an address that is denied by default. A rule of"
                            + " SONDE_POLICY_TARGETS_DENY still wins.")
    List<String> opened = new ArrayList<>();

    /// @throws Failure where a rule cannot be read
    TargetPolicy targets(Terminal terminal) {
        List<String> allow = rules(terminal, "SONDE_POLICY_TARGETS_ALLOW");
        List<String> deny = rules(terminal, "SONDE_POLICY_TARGETS_DENY");
        try {
            return TargetPolicy.ofCommand(allow, deny, opened);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage() + ".");
        }
    }

    FloodPolicy floods(Terminal terminal) {
        List<String> allow = rules(terminal, "SONDE_POLICY_FLOODS_ALLOW");
        try {
            return new FloodPolicy(allow.isEmpty() ? LOOPBACK : allow);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage() + ".");
        }
    }

    BindPolicy binds(Terminal terminal) {
        List<String> rules = rules(terminal, "SONDE_POLICY_BINDS_ALLOW");
        List<String> allow = new ArrayList<>(rules.isEmpty() ? BINDS : rules);
        allow.addAll(opened);
        try {
            return new BindPolicy(allow, Set::of);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage() + ".");
        }
    }

    /// A list as Spring Boot reads it from the environment: one variable with commas, or one for
    /// each entry (`..._0`).
    private static List<String> rules(Terminal terminal, String name) {
        List<String> rules = new ArrayList<>();
        for (Map.Entry<String, String> variable :
                new TreeMap<>(terminal.environment()).entrySet()) {
            if (variable.getKey().matches(name + "(_\\d+_?)?")) {
                for (String rule : variable.getValue().split(",", -1)) {
                    if (!rule.isBlank()) {
                        rules.add(rule.strip());
                    }
                }
            }
        }
        return rules;
    }
}
