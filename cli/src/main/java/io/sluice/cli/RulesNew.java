package io.sluice.cli;

import io.sluice.redaction.catalogue.Skeleton;
import io.sluice.redaction.rule.PolicyFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules new}: beginnings to fill in. */
final class RulesNew {
    private static final String POLICY_FILE = "policy.yaml";

    private RulesNew() {}

    static CommandLine make(Surroundings here) {
        return new CommandLine(new Parent())
                .addSubcommand("policy", new NewPolicy(here))
                .addSubcommand("detector", new NewDetector(here))
                .addSubcommand("rule", new NewRule(here));
    }

    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "policy|detector|rule",
            description = {
                "Writes the beginning of a policy, a detector or a rule, with examples to fill in.",
                "Until every FILL-IN is replaced, `rules lint` refuses it, and no job takes it."
            },
            footer = {
                "",
                "Examples:",
                "  sluice rules new policy my-rules",
                "  sluice rules new detector member-number --policy my-rules/policy.yaml",
                "  sluice rules new rule props.theme --policy my-rules/policy.yaml"
            })
    static final class Parent implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            throw new ParameterException(spec.commandLine(), "say what to begin: policy, detector or rule");
        }
    }

    @Command(
            name = "policy",
            mixinStandardHelpOptions = true,
            description = "Makes a folder with a policy that extends a shipped one.",
            footer = {"", "Example:", "  sluice rules new policy my-rules --id my-rules-2026-11-24"})
    static final class NewPolicy implements Callable<Integer> {
        private final Surroundings here;

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FOLDER", description = "Folder to make the policy in.")
        String folder = "";

        @Option(names = "--id", paramLabel = "ID", description = "Its id (default: the folder's name and the day).")
        String id = "";

        @Option(names = "--extends", paramLabel = "NAME", description = "Shipped policy to add to.")
        String base = PolicyFiles.DEFAULT;

        NewPolicy(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            if (!PolicyFiles.SHIPPED.contains(base)) {
                throw new ParameterException(
                        spec.commandLine(), "--extends takes one of " + String.join(", ", PolicyFiles.SHIPPED));
            }
            Path target = here.resolve(folder);
            String day = here.clock().instant().toString().substring(0, 10);
            String name =
                    id.isEmpty() ? target.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "-") + "-" + day : id;
            Path file = target.resolve(POLICY_FILE);
            write(file, Skeleton.policy(name, base), true);
            spec.commandLine()
                    .getOut()
                    .println("wrote " + shown(here, file) + ": the policy " + name + ", which extends " + base);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "detector",
            mixinStandardHelpOptions = true,
            description = "Writes a detector by pattern into detectors/NAME.yaml beside a policy, and names it there.",
            footer = {"", "Example:", "  sluice rules new detector member-number --policy my-rules/policy.yaml"})
    static final class NewDetector implements Callable<Integer> {
        private final Surroundings here;

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "Lower case with hyphens, such as member-number.")
        String name = "";

        @Option(names = "--policy", paramLabel = "FILE", required = true, description = "Policy that is to have it.")
        String policy = "";

        NewDetector(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            if (!name.matches("[a-z][a-z0-9-]*")) {
                throw new ParameterException(
                        spec.commandLine(), "a detector's name is lower case with hyphens, such as member-number");
            }
            Path file = here.resolve(policy);
            String text = read(file);
            String relative = "detectors/" + name + ".yaml";
            String extended;
            try {
                extended = Skeleton.withDetectors(text, relative);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure("cannot add to " + policy + ": " + e.getMessage(), e);
            }
            Path detectors = file.resolveSibling(relative);
            write(detectors, Skeleton.detector(name), true);
            write(file, extended, false);
            spec.commandLine()
                    .getOut()
                    .println("wrote " + shown(here, detectors) + ", named in " + policy
                            + "; replace each FILL-IN, then: sluice rules lint --policy " + policy);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "rule",
            mixinStandardHelpOptions = true,
            description = "Adds the beginning of a rule for a field to a policy.",
            footer = {"", "Example:", "  sluice rules new rule props.theme --policy my-rules/policy.yaml"})
    static final class NewRule implements Callable<Integer> {
        private final Surroundings here;

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FIELD", description = "Name of the field, such as props.theme.")
        String field = "";

        @Option(names = "--policy", paramLabel = "FILE", required = true, description = "Policy that is to have it.")
        String policy = "";

        NewRule(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            Path file = here.resolve(policy);
            try {
                write(file, Skeleton.withRule(read(file), Skeleton.rule(field)), false);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure("cannot add to " + policy + ": " + e.getMessage(), e);
            }
            spec.commandLine()
                    .getOut()
                    .println("added a rule for " + field + " to " + policy
                            + "; replace each FILL-IN, then: sluice rules lint --policy " + policy);
            return ExitCode.OK;
        }
    }

    private static String shown(Surroundings here, Path file) {
        return file.startsWith(here.folder()) ? here.folder().relativize(file).toString() : file.toString();
    }

    private static String read(Path file) throws CommandFailure {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    "cannot read " + file + "; make it first, for example with `sluice rules new policy FOLDER`", e);
        }
    }

    private static void write(Path file, String text, boolean isNew) throws CommandFailure {
        try {
            Files.createDirectories(file.getParent());
            if (isNew) {
                Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            } else {
                Files.writeString(file, text);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(file + " exists already; choose another name, or edit it", e);
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + file + "; check that the folder may be written to", e);
        }
    }
}
