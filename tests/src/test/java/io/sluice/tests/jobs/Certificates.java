package io.sluice.tests.jobs;

import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates of a test, made by the JDK's keytool. */
public record Certificates(Path folder) {
    public static final String PASSWORD = "changeit-1";

    /** Makes a key with a certificate of its own for this machine's loopback, as {@code NAME.p12} and {@code NAME.pem}. */
    public void make(String name) throws Exception {
        make(name, "ip:127.0.0.1,dns:localhost");
    }

    /** The same for other addresses. */
    void make(String name, String addresses) throws Exception {
        Path store = folder.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name + ".example.com",
                "-ext",
                "san=" + addresses,
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-keystore",
                store.toString(),
                "-file",
                pem(name).toString());
    }

    public Path pem(String name) {
        return folder.resolve(name + ".pem");
    }

    /** A store that trusts these. */
    Path trusting(String store, String... names) throws Exception {
        Path file = folder.resolve(store);
        for (String name : names) {
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    name,
                    "-file",
                    pem(name).toString(),
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString());
        }
        return file;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        words.addAll(List.of(arguments));
        words.addAll(List.of("-storepass", PASSWORD));
        try (ChildProcess process =
                ChildProcess.start(Command.of("keytool", words, folder, folder.resolve("keytool.log")))) {
            if (process.onExit().join() != 0) {
                throw new IOException("keytool failed; see " + process.log());
            }
        }
    }
}
