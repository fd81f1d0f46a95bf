package io.sluice.sinks.subject;

import java.nio.file.Path;

/** A process of its own that writes rows without end, ten to a flush, and prints each flush when it is done. */
final class SubjectIndexProcess {
    private SubjectIndexProcess() {}

    public static void main(String[] args) throws Exception {
        SubjectIndexWriter writer = new SubjectIndexSink(Path.of(args[0])).writer(0, 1);
        for (int flush = 0; ; flush++) {
            for (int row = 0; row < 10; row++) {
                writer.write(SubjectIndexTest.entry(flush, flush * 10L + row));
            }
            writer.flush(false);
            System.out.println(flush);
        }
    }
}
