package io.sluice.cli;

import io.sluice.keys.KeyStoreFailure;
import io.sluice.keys.KeyUnavailable;
import io.sluice.redaction.yaml.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what went wrong; a stack trace only with {@code --debug}. */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Surroundings here;
    private final List<String> verbs;

    Complaints(Surroundings here, List<String> verbs) {
        this.here = here;
        this.verbs = verbs;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        here.err().println(name + ": " + sentence(e, command) + " See `" + name + " --help`.");
        trace(here, e, Arrays.asList(args).contains(Verbs.DEBUG));
        return ExitCode.USAGE;
    }

    private String sentence(ParameterException e, CommandLine command) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String given = unmatched.getUnmatched().get(0);
            boolean option = given.startsWith("-");
            boolean verb = !option && !command.getSubcommands().isEmpty();
            String meant = Problems.nearest(withoutValue(given), option ? options(command) : words(command, verb));
            return "there is no " + (option ? "option " : verb ? "verb " : "argument ") + withoutValue(given)
                    + (meant == null ? "." : "; did you mean " + meant + "?");
        }
        String message = String.valueOf(e.getMessage());
        return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    }

    /** A value might be a secret typed in the wrong place. */
    private static String withoutValue(String argument) {
        int equals = argument.indexOf('=');
        return argument.startsWith("-") && equals > 0 ? argument.substring(0, equals) : argument;
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(Arrays.asList(option.names())));
        return names;
    }

    private List<String> words(CommandLine command, boolean verb) {
        if (!verb) {
            return List.of();
        }
        return command.getParent() == null
                ? verbs
                : List.copyOf(command.getSubcommands().keySet());
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        failed(here, command.getCommandSpec(), e);
        return ExitCode.FAILED;
    }

    /** Says why a verb failed. */
    static void failed(Surroundings here, CommandSpec verb, Exception e) {
        String name = verb.qualifiedName();
        if (e instanceof CommandFailure) {
            here.err().println(name + ": " + e.getMessage());
        } else if (e instanceof KeyStoreFailure || e instanceof KeyUnavailable) {
            here.err().println(name + ": the key store cannot be used: " + e.getMessage());
        } else {
            here.err()
                    .println(name + ": this is a fault of Sluice ("
                            + e.getClass().getSimpleName() + "); please report it, with what " + Verbs.DEBUG
                            + " prints.");
        }
        trace(here, e, Boolean.TRUE.equals(verb.root().findOption(Verbs.DEBUG).getValue()));
    }

    private static void trace(Surroundings here, Exception e, boolean wanted) {
        if (wanted) {
            e.printStackTrace(here.err());
        }
    }
}
