package dev.sonde.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/// The options in a help that fits a screen: the seldom used settings are named only, and the man
/// page explains them.
final class ShortHelp {

    private static final int WIDTH = 78;

    private static final Set<String> SELDOM =
            Set.of(
                    "--stagger",
                    "--close",
                    "--alpn",
                    "--tls-min",
                    "--tls-max",
                    "--cert",
                    "--key",
                    "--observe-send",
                    "--hold",
                    "--flood",
                    "--settings",
                    "--source",
                    "--family");

    private ShortHelp() {}

    static String options(Help help) {
        List<OptionSpec> all = help.commandSpec().options();
        List<OptionSpec> shown = all.stream().filter(option -> !isSeldom(option)).toList();
        String seldom =
                all.stream()
                        .filter(ShortHelp::isSeldom)
                        .map(OptionSpec::longestName)
                        .collect(Collectors.joining(" "));
        return help.optionListExcludingGroups(shown)
                + (seldom.isEmpty() ? "" : wrapped("Also (see sonde man): " + seldom));
    }

    private static boolean isSeldom(OptionSpec option) {
        return SELDOM.contains(option.longestName());
    }

    private static String wrapped(String text) {
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ", -1)) {
            if (column + word.length() > WIDTH) {
                wrapped.append(System.lineSeparator());
                column = 0;
            }
            wrapped.append(column == 0 ? "  " : " ").append(word);
            column += word.length() + (column == 0 ? 2 : 1);
        }
        return wrapped.append(System.lineSeparator()).toString();
    }
}
