package dev.sonde.cli;

import dev.sonde.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sonde completion`: the script that completes words of this command line in a shell.
@Command(
        name = "completion",
        description = "Print the script that completes commands and options in a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(sonde completion bash)",
            "  sonde completion fish > ~/.config/fish/completions/sonde.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    /// The shells.
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    private final Terminal terminal;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    Shell shell = Shell.BASH;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandLine all = CommandList.all(terminal);
        terminal.print(
                switch (shell) {
                    // The script loads what zsh needs to run it.
                    case BASH, ZSH -> AutoComplete.bash("sonde", all);
                    case FISH -> FishCompletion.of(all);
                });
        return 0;
    }
}
