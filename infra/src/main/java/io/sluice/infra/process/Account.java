package io.sluice.infra.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A user of the operating system under which a program of ours runs because it refuses to run as root.
 *
 * @param user name of the user
 */
public record Account(String user) {
    /** Whether this program runs as root. */
    public static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        Path mine = Files.exists(self) ? self : Path.of(System.getProperty("java.io.tmpdir"));
        return Files.exists(self)
                ? Files.getAttribute(mine, "unix:uid").equals(0)
                : System.getProperty("user.name").equals("root");
    }

    /**
     * The first of these users that exists.
     *
     * @throws StartFailed if none does
     */
    public static Account firstOf(List<String> users) throws IOException {
        for (String user : users) {
            if (find(user).isPresent()) {
                return new Account(user);
            }
        }
        throw new StartFailed("none of the users " + String.join(", ", users)
                + " exists, and the program does not run as" + " root: create one of them, or start as a normal user");
    }

    private static Optional<UserPrincipal> find(String user) throws IOException {
        try {
            return Optional.of(lookup().lookupPrincipalByName(user));
        } catch (UserPrincipalNotFoundException e) {
            return Optional.empty();
        }
    }

    private static UserPrincipalLookupService lookup() {
        return Path.of("/").getFileSystem().getUserPrincipalLookupService();
    }

    /** The words, run as this user; its own process, not a child's child, where {@code setpriv} exists. */
    public List<String> command(List<String> words) throws IOException {
        Optional<Path> setpriv = ChildProcess.findProgram("setpriv");
        Optional<Path> runuser = ChildProcess.findProgram("runuser");
        List<String> all = new ArrayList<>();
        if (setpriv.isPresent()) {
            all.addAll(List.of(setpriv.get().toString(), "--reuid", user, "--regid", group(), "--clear-groups", "--"));
        } else if (runuser.isPresent()) {
            all.addAll(List.of(runuser.get().toString(), "-u", user, "--"));
        } else {
            throw new StartFailed("neither setpriv nor runuser (package util-linux) is here to run a program as " + user
                    + ": install one, or start as a normal user");
        }
        all.addAll(words);
        return all;
    }

    private String group() throws IOException {
        for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
            String[] fields = line.split(":", -1);
            if (fields.length > 3 && fields[0].equals(user)) {
                return fields[3];
            }
        }
        throw new StartFailed("the user " + user + " is not in /etc/passwd, so its group is unknown");
    }

    /** Whether this user can read the file or enter the folder, tried as this user. */
    public boolean canRead(Path path) throws IOException, InterruptedException {
        String test = Files.isDirectory(path) ? "-x" : "-r";
        Process process = new ProcessBuilder(command(List.of("test", test, path.toString())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    /** Makes this user the owner of a folder and all that is in it; links are not followed. */
    public void own(Path folder) throws IOException {
        UserPrincipal owner = find(user).orElseThrow(() -> new StartFailed("the user " + user + " is gone"));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setOwner(owner);
            }
        }
    }
}
