package dev.sonde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.cli.terminal.Terminal;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The helps of all commands: the short ones on a screen of 24 lines of 80 columns, and the whole.
class HelpTest {

    /// The shell's prompt takes the last line.
    private static final int LINES = 23;

    private static final int COLUMNS = 80;

    private static final CommandLine ALL =
            CommandList.all(
                    Terminal.of(
                            OutputStream.nullOutputStream(),
                            OutputStream.nullOutputStream(),
                            Map.of()));

    static Set<String> commands() {
        return ALL.getSubcommands().keySet();
    }

    private static CommandLine command(String name) {
        return Objects.requireNonNull(ALL.getSubcommands().get(name));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsAScreen(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Usage: sonde " + command);
        assertThat(run.out().lines()).hasSizeLessThanOrEqualTo(LINES);
        assertThat(run.out().lines()).allMatch(line -> line.length() <= COLUMNS);
        assertThat(run.out().contains("Example")).isEqualTo(!command.equals("man"));
    }

    @Test
    void helpOfAllCommandsFitsAScreenAndNamesThem() {
        String help = CommandRun.of("--help").out();
        assertThat(help.lines()).hasSizeLessThanOrEqualTo(LINES);
        assertThat(help.lines()).allMatch(line -> line.length() <= COLUMNS);
        assertThat(commands())
                .filteredOn(name -> !name.equals("man"))
                .allMatch(name -> help.contains("  " + name + " "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void wholeHelpAndManPageHaveEveryOption(String command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command(command).getCommandSpec().options()) {
            names.add(option.longestName());
        }
        boolean hasMore = names.contains("--help-all");
        String whole = CommandRun.of(command, hasMore ? "--help-all" : "--help").out();
        assertThat(whole).contains(names);
        assertThat(whole.lines()).allMatch(line -> line.length() <= COLUMNS);
        assertThat(CommandRun.of("man").out().replace("\\-", "-")).contains(names);
    }
}
