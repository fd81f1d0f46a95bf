package io.sluice.tests.leakage;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.lucene.document.DocumentStoredFieldVisitor;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Writes every value that a Lucene index holds to its standard output, deleted documents too: stored fields, terms,
 * columns and points, each as its length and its bytes.
 *
 * <p>A process of its own, with the libraries of the Elasticsearch that wrote the index, for its codecs are there alone.
 */
final class LuceneDump {
    private final DataOutputStream out;

    private LuceneDump(DataOutputStream out) {
        this.out = out;
    }

    public static void main(String[] folders) throws Exception {
        // Else its decompressor fails, which wants to log.
        Class.forName("org.elasticsearch.common.logging.LogConfigurator")
                .getMethod("configureESLogging")
                .invoke(null);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16))) {
            for (String folder : folders) {
                try (Directory directory = FSDirectory.open(Path.of(folder));
                        DirectoryReader reader = DirectoryReader.open(directory)) {
                    for (LeafReaderContext leaf : reader.leaves()) {
                        new LuceneDump(out).leaf(leaf.reader());
                    }
                }
            }
        }
    }

    private void leaf(LeafReader leaf) throws IOException {
        for (int document = 0; document < leaf.maxDoc(); document++) {
            DocumentStoredFieldVisitor stored = new DocumentStoredFieldVisitor();
            leaf.storedFields().document(document, stored);
            for (IndexableField field : stored.getDocument()) {
                if (field.binaryValue() != null) {
                    put(field.binaryValue());
                } else {
                    put(field.stringValue());
                }
            }
        }
        for (FieldInfo field : leaf.getFieldInfos()) {
            put(field.name);
            terms(leaf, field);
            columns(leaf, field);
            points(leaf, field);
        }
    }

    private void terms(LeafReader leaf, FieldInfo field) throws IOException {
        Terms terms = leaf.terms(field.name);
        if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                put(term);
            }
        }
    }

    private void columns(LeafReader leaf, FieldInfo field) throws IOException {
        switch (field.getDocValuesType()) {
            case NONE -> {
                // The field has no column.
            }
            case NUMERIC -> {
                NumericDocValues values = leaf.getNumericDocValues(field.name);
                while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    put(values.longValue());
                }
            }
            case SORTED_NUMERIC -> {
                SortedNumericDocValues values = leaf.getSortedNumericDocValues(field.name);
                while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    for (int i = 0; i < values.docValueCount(); i++) {
                        put(values.nextValue());
                    }
                }
            }
            case BINARY -> {
                BinaryDocValues values = leaf.getBinaryDocValues(field.name);
                while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    put(values.binaryValue());
                }
            }
            case SORTED -> {
                SortedDocValues values = leaf.getSortedDocValues(field.name);
                for (int i = 0; i < values.getValueCount(); i++) {
                    put(values.lookupOrd(i));
                }
            }
            case SORTED_SET -> {
                SortedSetDocValues values = leaf.getSortedSetDocValues(field.name);
                for (long i = 0; i < values.getValueCount(); i++) {
                    put(values.lookupOrd(i));
                }
            }
        }
    }

    private void points(LeafReader leaf, FieldInfo field) throws IOException {
        PointValues points = leaf.getPointValues(field.name);
        if (points != null) {
            points.intersect(new PointValues.IntersectVisitor() {
                @Override
                public void visit(int document) {
                    throw new IllegalStateException("points are visited with their values");
                }

                @Override
                public void visit(int document, byte[] packed) {
                    put(new BytesRef(packed));
                }

                @Override
                public PointValues.Relation compare(byte[] min, byte[] max) {
                    return PointValues.Relation.CELL_CROSSES_QUERY;
                }
            });
        }
    }

    private void put(String text) {
        put(new BytesRef(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void put(long number) {
        put(Long.toString(number));
    }

    private void put(BytesRef bytes) {
        try {
            out.writeInt(bytes.length);
            out.write(bytes.bytes, bytes.offset, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
