/// A network of its own for tests that need root: namespaces, a link between them, packet filters,
/// and a path with a delay.
///
/// Where root or a tool is missing such a test is skipped and says why. Nothing here touches the
/// host's own interfaces or rules.
package dev.sonde.lab;
