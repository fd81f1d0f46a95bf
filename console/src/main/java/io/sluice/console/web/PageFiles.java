package io.sluice.console.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of the page, read once; a request can name no other. */
final class PageFiles {
    /** Address and media type of each file. */
    private static final Map<String, String> TYPES = types();

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    PageFiles() {
        for (String name : TYPES.keySet()) {
            try (InputStream file = PageFiles.class.getResourceAsStream("page/" + name)) {
                if (file == null) {
                    throw new IllegalStateException("the page file " + name + " is missing from this build");
                }
                files.put(name, file.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The names under which the files are asked for. */
    static Iterable<String> names() {
        return TYPES.keySet();
    }

    /** Answers with a file. */
    void answer(Context context, String name) {
        byte[] file = files.get(name);
        String type = TYPES.get(name);
        if (file == null || type == null) {
            throw new ApiRefusal(404, "There is no such page.");
        }
        context.header("Content-Type", type).result(file);
    }

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("index.html", "text/html; charset=utf-8");
        types.put("style.css", "text/css; charset=utf-8");
        types.put("icon.svg", "image/svg+xml");
        for (String module : new String[] {"app", "api", "chart", "dom", "format", "overview", "tables"}) {
            types.put(module + ".js", "text/javascript; charset=utf-8");
        }
        return types;
    }
}
