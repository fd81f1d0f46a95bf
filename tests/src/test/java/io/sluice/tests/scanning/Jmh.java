package io.sluice.tests.scanning;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.BenchmarkProcessor;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a class of JMH benchmarks. JMH measures by code that it generates; this is done here, into the folder of the
 * compiled class, when a benchmark is run, so that no other build spends time on it.
 */
public record Jmh(Class<?> benchmarks) {
    /** Runs all methods of the class once; a method that fails throws. */
    public Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException, URISyntaxException {
        generate();
        return new Runner(options.include("^" + benchmarks.getName() + "\\.")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    private void generate() throws URISyntaxException {
        Path folder = Path.of(
                benchmarks.getProtectionDomain().getCodeSource().getLocation().toURI());
        JavaCompiler.CompilationTask task = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        null,
                        List.of(
                                "-d",
                                folder.toString(),
                                "-s",
                                folder.toString(),
                                "-classpath",
                                System.getProperty("java.class.path")),
                        List.of(benchmarks.getName()),
                        null);
        task.setProcessors(List.of(new BenchmarkProcessor()));
        if (!task.call()) {
            throw new IllegalStateException("JMH's code for " + benchmarks.getName() + " did not compile.");
        }
    }
}
