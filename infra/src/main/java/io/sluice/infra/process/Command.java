package io.sluice.infra.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ChildProcess} runs.
 *
 * @param name for messages and the run file, such as {@code kafka}
 * @param words program and arguments; never a secret, for every user of the machine can read them
 * @param folder working folder
 * @param environment variables added to those of this process
 * @param log file to which standard output and error are appended
 * @param stopWithJvm whether the end of this JVM stops it; {@code false} if the caller sees to that in its own order
 */
public record Command(
        String name, List<String> words, Path folder, Map<String, String> environment, Path log, boolean stopWithJvm) {
    /** Copies the collections. */
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** A command that ends with this JVM and adds nothing to the environment. */
    public static Command of(String name, List<String> words, Path folder, Path log) {
        return new Command(name, words, folder, Map.of(), log, true);
    }

    /** The same with one more environment variable. */
    public Command with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Command(name, words, folder, more, log, stopWithJvm);
    }

    /** The same, ended by this JVM's end or by its caller alone. */
    public Command stopWithJvm(boolean stops) {
        return new Command(name, words, folder, environment, log, stops);
    }

    /** Prints the name: arguments and environment are none of a log's business. */
    @Override
    public String toString() {
        return "Command[" + name + "]";
    }
}
