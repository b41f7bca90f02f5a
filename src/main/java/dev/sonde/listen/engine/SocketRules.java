package dev.sonde.listen.engine;

import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.policy.BindPolicy;
import dev.sonde.policy.ListenerPorts;

/// The rules for the sockets of listeners: how many may be open, where they may listen, and the
/// error numbers of this process's messages. Every part is safe for any thread.
///
/// @param ports the ports at which own listeners listen now
public record SocketRules(
        DescriptorBudget descriptors, BindPolicy policy, ListenerPorts ports, ErrorTexts errors) {}
