package io.sluice.sinks.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.http.HttpEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;

/**
 * Sends documents by {@code _bulk}, each as {@code create}: a document that is there already is left alone, so a replay
 * never undoes a correction.
 *
 * <p>Guarantees: no text of an answer or of an exception leaves this class, only its code. Safe for use by several
 * threads. Does not close its client.
 */
final class BulkClient {
    private static final ContentType NDJSON = ContentType.create("application/x-ndjson");
    private static final byte[] CREATE_INDEX = "{\"create\":{\"_index\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = ",\"_id\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_ACTION = "}}\n".getBytes(StandardCharsets.US_ASCII);

    private final RestClient client;
    private final BulkAnswer answers = new BulkAnswer();

    BulkClient(RestClient client) {
        this.client = client;
    }

    /**
     * Sends documents in one request.
     *
     * @return the verdict on each, in their order; never completes exceptionally
     */
    CompletableFuture<List<Verdict>> create(List<IndexRequest> requests) {
        Request request = new Request("POST", "/_bulk");
        // What is not asked for is not sent, and the reason text is what must not arrive.
        request.addParameter("filter_path", "items.*.status,items.*.error.type");
        request.setEntity(new NByteArrayEntity(body(requests), NDJSON));
        CompletableFuture<List<Verdict>> verdicts = new CompletableFuture<>();
        client.performRequestAsync(request, new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                verdicts.complete(read(response, requests.size()));
            }

            @Override
            public void onFailure(Exception exception) {
                verdicts.complete(BulkAnswer.all(new Verdict.Held(code(exception)), requests.size()));
            }
        });
        return verdicts;
    }

    private List<Verdict> read(Response response, int sent) {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return BulkAnswer.all(new Verdict.Held("answer-empty"), sent);
        }
        try (InputStream content = entity.getContent()) {
            return answers.read(content, sent);
        } catch (IOException e) {
            return BulkAnswer.all(new Verdict.Held("answer-unreadable"), sent);
        }
    }

    /** A code for what went wrong with a whole request: {@code http-503}, or the kind of connection fault. */
    static String code(Throwable fault) {
        if (fault instanceof ResponseException answered) {
            return "http-" + answered.getResponse().getStatusLine().getStatusCode();
        }
        return fault.getClass().getSimpleName();
    }

    private static byte[] body(List<IndexRequest> requests) {
        long size = 0;
        for (IndexRequest request : requests) {
            size += request.size();
        }
        JsonBytes body = new JsonBytes(Math.toIntExact(size));
        for (IndexRequest request : requests) {
            body.raw(CREATE_INDEX);
            body.string(request.index());
            body.raw(ID);
            body.string(request.id());
            body.raw(END_OF_ACTION);
            body.raw(request.document());
            body.raw('\n');
        }
        return body.copy();
    }
}
