package io.sluice.console.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The accounts of one installation, in a file of mode 0600.
 *
 * <p>Guarantees: a reader sees the file before or after a change, never between; two processes that change it at once
 * both succeed, one after the other; no password is stored or can be read back; a name without an account costs the
 * same time as a wrong password. Does not guarantee: anything against one who may read or write the file.
 *
 * <p>Thread-safe. The file is read anew for every question, for it is small and a login costs far more than reading it.
 */
public final class Accounts {
    /** The fewest characters a password may have (NIST SP 800-63B asks for eight at least). */
    public static final int SHORTEST_PASSWORD = 12;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final SecureRandom random;
    private final PasswordHash nobody;

    /** @param file made at the first change, if it is absent */
    public Accounts(Path file, SecureRandom random) {
        this.file = file.toAbsolutePath();
        this.random = random;
        this.nobody = hash("the password of nobody".toCharArray());
    }

    /**
     * Makes an account.
     *
     * @throws AccountProblem if the name is taken or wrong, the password too short, or the file cannot be written
     */
    public Account add(String name, Set<Role> roles, char[] password) throws AccountProblem {
        Account account = prepare(name, roles, password);
        boolean added = change(all -> all.putIfAbsent(name, account) == null);
        if (!added) {
            throw new AccountProblem("There is an account " + name + " already; choose another name.");
        }
        return account;
    }

    /**
     * Makes an account unless there is one of that name, which is left as it is.
     *
     * @return whether it was made
     */
    public boolean addIfAbsent(String name, Set<Role> roles, char[] password) throws AccountProblem {
        if (all().containsKey(name)) {
            return false;
        }
        Account account = prepare(name, roles, password);
        return change(all -> all.putIfAbsent(name, account) == null);
    }

    /** The account of that name. */
    public Optional<Account> find(String name) throws AccountProblem {
        return Optional.ofNullable(all().get(name));
    }

    /** All accounts by name. */
    public Map<String, Account> all() throws AccountProblem {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            return read(JSON.readTree(Files.readAllBytes(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new AccountProblem(
                    "The accounts file " + file + " cannot be read; restore it, or move it away to begin anew.", e);
        }
    }

    /** The account of that name, if the password is its own. */
    public Optional<Account> verify(String name, char[] password) throws AccountProblem {
        Optional<Account> account = find(name);
        boolean matches = account.map(Account::password).orElse(nobody).matches(password);
        return matches ? account : Optional.empty();
    }

    private Account prepare(String name, Set<Role> roles, char[] password) throws AccountProblem {
        if (password.length < SHORTEST_PASSWORD) {
            throw new AccountProblem("The password is too short; take at least " + SHORTEST_PASSWORD + " characters.");
        }
        try {
            return new Account(name, roles, hash(password));
        } catch (IllegalArgumentException e) {
            throw new AccountProblem("The account cannot be made: " + e.getMessage() + ".", e);
        }
    }

    private PasswordHash hash(char[] password) {
        byte[] salt = new byte[PasswordHash.SALT_LENGTH];
        random.nextBytes(salt);
        return PasswordHash.of(password, salt);
    }

    private synchronized boolean change(Predicate<Map<String, Account>> edit) throws AccountProblem {
        try {
            Files.createDirectories(parent());
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock(channel)) {
                Map<String, Account> all = all();
                boolean changed = held.isValid() && edit.test(all);
                if (changed) {
                    write(all);
                }
                return changed;
            }
        } catch (IOException e) {
            throw new AccountProblem(
                    "The accounts file " + file + " cannot be written; look at its folder's rights.", e);
        }
    }

    /** The lock of the file; a holder within this very process is waited for like one in another. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private Path parent() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private void write(Map<String, Account> all) throws IOException {
        Path fresh = Files.createTempFile(
                parent(),
                "accounts",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(
                        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(write(all, JSON.createObjectNode())));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static ObjectNode write(Map<String, Account> all, ObjectNode root) {
        ArrayNode list = root.putArray("accounts");
        for (Account account : all.values()) {
            ObjectNode node = list.addObject();
            node.put("name", account.name());
            ArrayNode roles = node.putArray("roles");
            account.roles().stream().sorted().forEach(role -> roles.add(role.label()));
            node.put("password", account.password().encoded());
        }
        return root;
    }

    private static Map<String, Account> read(JsonNode root) {
        Map<String, Account> all = new TreeMap<>();
        for (JsonNode node : root.path("accounts")) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            for (JsonNode label : node.path("roles")) {
                roles.add(Role.of(label.asText()).orElseThrow(() -> new IllegalArgumentException("unknown role")));
            }
            String name = node.path("name").asText();
            all.put(
                    name,
                    new Account(
                            name,
                            roles,
                            PasswordHash.parse(node.path("password").asText())));
        }
        return all;
    }
}
