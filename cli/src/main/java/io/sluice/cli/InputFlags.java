package io.sluice.cli;

import io.sluice.ingest.offline.Balance;
import io.sluice.ingest.offline.OfflineRun;
import io.sluice.ingest.offline.OutputFailure;
import io.sluice.ingest.offline.Page;
import io.sluice.ingest.offline.PieceWork;
import io.sluice.ingest.offline.UnreadableInput;
import io.sluice.ingest.parse.SourceOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The files of an offline verb, and how it runs over them. */
final class InputFlags {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files to read, unpacked if gzip; - is standard input.")
    List<String> files = List.of();

    @Option(names = "--origin", description = "Say in each object from which file, lines and event it came.")
    boolean origin;

    /** The first argument, taken away from the files; complains with what belongs there if there is none. */
    String first(String what) {
        if (files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name " + what);
        }
        String first = files.get(0);
        files = List.copyOf(files.subList(1, files.size()));
        return first;
    }

    /** Complains if there is nothing to read. */
    void require() {
        if (files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name at least one FILE, or - for standard input");
        }
    }

    /** Runs the work over all files; prints the balance last, whatever happens. */
    int run(Surroundings here, SourceOptions options, Balance balance, Work work) {
        ProgressBar progress = new ProgressBar(here);
        Reports reports = new Reports(here, progress, spec);
        int code = ExitCode.FAILED;
        try (PieceWork made = work.make()) {
            OfflineRun run = new OfflineRun(files, here.folder(), here.in(), options, reports);
            code = run.run(made, new Page(origin), balance, here.out()) ? ExitCode.OK : ExitCode.FAILED;
        } catch (ParameterException e) {
            throw e;
        } catch (OutputFailure e) {
            if (!e.closedByReader()) {
                reports.complain(e.getMessage());
            }
        } catch (CommandFailure | RuntimeException e) {
            progress.end();
            Complaints.failed(here, spec, e);
        }
        progress.end();
        here.err().println(balance.json());
        return code;
    }

    /** Makes what is done with each piece. */
    interface Work {
        PieceWork make() throws CommandFailure;
    }

    /** Shows how reading goes on. */
    record Reports(Surroundings here, ProgressBar progress, CommandSpec verb) implements OfflineRun.Listener {
        @Override
        public void read(String name, long bytes, long size) {
            progress.at(name, bytes, size);
        }

        @Override
        public void unreadable(UnreadableInput problem) {
            complain(problem.getMessage());
        }

        void complain(@Nullable String sentence) {
            progress.end();
            here.err().println(verb.qualifiedName() + ": " + sentence);
        }
    }
}
