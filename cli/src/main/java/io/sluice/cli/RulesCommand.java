package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rules}: what an engineer does with redaction rules, from the idea on. */
final class RulesCommand {
    private RulesCommand() {}

    /** The verb with its parts. */
    static CommandLine make(Surroundings here) {
        return new CommandLine(new Parent())
                .addSubcommand("new", RulesNew.make(here))
                .addSubcommand("lint", new RulesLint(here))
                .addSubcommand("test", new RulesTest(here))
                .addSubcommand("explain", new RulesExplain(here))
                .addSubcommand("diff", new RulesDiff(here))
                .addSubcommand("coverage", new RulesCoverage(here))
                .addSubcommand("bench", new RulesBench(here))
                .addSubcommand("shadow", new RulesShadow(here))
                .addSubcommand("activate", new RulesActivate(here))
                .addSubcommand("approve", new RulesApprove(here))
                .addSubcommand("withdraw", new RulesWithdraw(here))
                .addSubcommand("rollback", new RulesRollback(here))
                .addSubcommand("active", new RulesActive(here));
    }

    @Command(
            name = "rules",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel =
                    "new|lint|test|explain|diff|coverage|bench|shadow|activate|approve|withdraw|rollback|active",
            description = {
                "Adds redaction rules and detectors, shows what they do before they do it, and takes them live and back.",
                "A rule says what becomes of one field on each route; a detector finds personal data in free text. What no"
                        + " rule lists does not leave."
            },
            footer = {
                "",
                "In this order, in a folder of your own (docs/add-a-rule.md goes through it):",
                "  sluice rules new policy my-rules",
                "  sluice rules new detector member-number --policy my-rules/policy.yaml",
                "  sluice rules lint --policy my-rules/policy.yaml",
                "  sluice rules test --policy my-rules/policy.yaml",
                "  sluice rules explain --policy my-rules/policy.yaml --detector member-number sample.log",
                "  sluice rules diff ottomatiq-2024-01-10 my-rules/policy.yaml sample.log",
                "  sluice rules shadow my-rules/policy.yaml",
                "  sluice rules activate my-rules/policy.yaml --wait"
            })
    static final class Parent implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            throw new ParameterException(
                    spec.commandLine(),
                    "say what to do: new, lint, test, explain, diff, coverage, bench, shadow, activate, approve, withdraw,"
                            + " rollback or"
                            + " active");
        }
    }
}
