package io.sluice.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks for passwords: at the terminal without showing them, or from standard input; never as an argument. */
final class Passwords {
    private Passwords() {}

    /** The password; where there is no terminal, the first line of standard input. */
    static char[] ask(Surroundings here, String prompt) throws CommandFailure {
        char[] typed = here.passwords().ask(prompt);
        if (typed != null) {
            return typed;
        }
        try {
            String line = new BufferedReader(new InputStreamReader(here.in(), StandardCharsets.UTF_8)).readLine();
            if (line != null && !line.isEmpty()) {
                return line.toCharArray();
            }
        } catch (IOException e) {
            throw new CommandFailure("the password cannot be read from standard input", e);
        }
        throw new CommandFailure("there is no terminal to ask for the password; give it as a line of standard input");
    }
}
