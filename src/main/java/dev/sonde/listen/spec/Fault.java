package dev.sonde.listen.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A fault of a proxy.
///
/// @param name unique in its proxy
/// @param probability the share of connections that it acts on, 0 to 1, drawn for each connection
public record Fault(String name, FaultDirection direction, double probability, FaultEffect effect) {

    /// The largest number of faults of one proxy.
    public static final int MOST = 100;

    static final int LONGEST_NAME = 255;

    /// Refuses invalid faults and those that exclude each other.
    ///
    /// @param path of the list in the description
    static void check(String path, List<Fault> faults) {
        if (faults.size() > MOST) {
            throw new InvalidListenerException(
                    path, faults.size(), "a proxy has at most " + MOST + " faults");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            String at = path + "[" + i + "]";
            fault.check(at);
            if (!names.add(fault.name())) {
                throw new InvalidListenerException(
                        at + ".name", fault.name(), "another fault of the proxy has this name");
            }
        }
    }

    private void check(String path) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new InvalidListenerException(
                    path + ".name", null, "a text of 1 to " + LONGEST_NAME + " characters");
        }
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidListenerException(
                    path + ".probability", probability, "a number from 0 to 1");
        }
        effect.check(path);
    }
}
