package io.sluice.cli.follow;

import io.sluice.cli.send.Outlet;
import io.sluice.cli.send.Receipt;
import io.sluice.cli.send.SendProblem;
import io.sluice.ingest.offline.Piece;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A follower of the files in one folder, with a clock and answers that the test gives. */
final class Following implements AutoCloseable, Outlet {
    private final Path folder;
    private final SourceOptions options;
    private final String[] names;
    private final List<String> said = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<Receipt> open = new ArrayList<>();
    private boolean answering = true;
    private boolean refusing;
    private long millis;
    private Places places;
    private Follower follower;

    Following(Path folder, LogFormat format, String... names) throws SendProblem {
        this.folder = folder;
        this.options = SourceOptions.DEFAULT.withFormat(format);
        this.names = names;
        open();
    }

    private void open() throws SendProblem {
        places = Places.open(state());
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            files.add(folder.resolve(name));
        }
        follower = Follower.open(files, options, places, this, () -> millis, said::add);
    }

    Path state() {
        return folder.resolve("state.json");
    }

    /** Ends it as a kill does, and starts another one. */
    void restart() throws SendProblem, IOException {
        close();
        open.clear();
        open();
    }

    @Override
    public void send(Piece piece, Receipt receipt) {
        sent.add(piece.value().text());
        if (refusing) {
            receipt.givenBack();
            return;
        }
        open.add(receipt);
        if (answering) {
            answer();
        }
    }

    /** From now on Kafka says nothing by itself. */
    void stopAnswering() {
        answering = false;
    }

    void answer() {
        answering = true;
        refusing = false;
        open.forEach(Receipt::acknowledged);
        open.clear();
    }

    /** Answers the {@code index}-th of those without an answer. */
    void answer(int index) {
        open.remove(index).acknowledged();
    }

    /** From now on whatever is handed over is given back at once, as Kafka's client does when it has lost the brokers. */
    void refuse() {
        refusing = true;
    }

    void giveBack() {
        open.forEach(Receipt::givenBack);
        open.clear();
    }

    /** Looks once, and says what was handed over since this was last asked. */
    String look() throws SendProblem {
        follower.look();
        return taken();
    }

    String taken() {
        String all = String.join("", sent);
        sent.clear();
        return all;
    }

    /** Time passes; the places are written at the next look. */
    String lookAfter(long passed) throws SendProblem {
        millis += passed;
        return look();
    }

    boolean end() throws Exception {
        return follower.end(0);
    }

    List<String> said() {
        return said;
    }

    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to));
    }

    /** As {@code copytruncate} does. */
    void copyAndEmpty(String from, String to) throws IOException {
        Files.copy(folder.resolve(from), folder.resolve(to));
        Files.write(folder.resolve(from), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        follower.close();
        places.close();
    }
}
