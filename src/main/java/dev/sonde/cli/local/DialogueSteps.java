package dev.sonde.cli.local;

import dev.sonde.cli.terminal.Failure;
import dev.sonde.form.DialogueStepForm;
import java.util.List;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// The options of a dialogue, which count in the order in which they are given.
final class DialogueSteps {

    private DialogueSteps() {}

    /// Adds a step that sends.
    static final class Send implements IParameterConsumer {

        @Override
        @SuppressWarnings("JdkObsolete") // picocli's
        public void consumeParameters(
                Stack<String> arguments, ArgSpec option, CommandSpec command) {
            String text = Escapes.read(next(arguments, "--send"));
            steps(option).add(step(null, text));
        }
    }

    /// Adds a step that waits for a pattern.
    static final class Expect implements IParameterConsumer {

        @Override
        @SuppressWarnings("JdkObsolete") // picocli's
        public void consumeParameters(
                Stack<String> arguments, ArgSpec option, CommandSpec command) {
            steps(option).add(step(next(arguments, "--expect"), null));
        }
    }

    private static DialogueStepForm step(@Nullable String expect, @Nullable String send) {
        return new DialogueStepForm(expect, null, null, send, null, null, null, null);
    }

    @SuppressWarnings("JdkObsolete")
    private static String next(Stack<String> arguments, String option) {
        if (arguments.isEmpty()) {
            throw Failure.usage(option + " needs a value.");
        }
        return arguments.pop();
    }

    private static List<DialogueStepForm> steps(ArgSpec option) {
        return option.getValue();
    }
}
