package dev.sonde.probe.spec;

/// How many of a name's addresses are tried.
public enum AddressSelection {
    /// One address, chosen by the family setting.
    FIRST,
    /// One attempt for each address; the probe succeeds if all do.
    EACH,
    /// One after the other, or all at once; the probe succeeds when one answers.
    ANY
}
