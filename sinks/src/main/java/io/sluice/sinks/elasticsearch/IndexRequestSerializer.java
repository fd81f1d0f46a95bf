package io.sluice.sinks.elasticsearch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;

/**
 * The form in which documents that wait in the sink's buffer stand in a checkpoint: index, id (both as
 * {@link DataOutputStream#writeUTF}), length and bytes of the document.
 *
 * <p>The document and not the Avro event, so that a newer version with another schema restores it too.
 */
final class IndexRequestSerializer extends AsyncSinkWriterStateSerializer<IndexRequest> {
    @Override
    protected void serializeRequestToStream(IndexRequest request, DataOutputStream out) throws IOException {
        out.writeUTF(request.index());
        out.writeUTF(request.id());
        out.writeInt(request.document().length);
        out.write(request.document());
    }

    @Override
    protected IndexRequest deserializeRequestFromStream(long size, DataInputStream in) throws IOException {
        String index = in.readUTF();
        String id = in.readUTF();
        byte[] document = new byte[in.readInt()];
        in.readFully(document);
        return new IndexRequest(index, id, document);
    }

    @Override
    public int getVersion() {
        return 1;
    }
}
