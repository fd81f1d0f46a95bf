package io.sluice.sinks.elasticsearch;

import java.util.Set;

/**
 * What became of one document of a bulk, and so whose fault it was if it is not there.
 *
 * <p>A document's own fault is told by Elasticsearch's {@code error.type} alone: status 400 also stands for a closed
 * index and a full shard limit, and the reason text quotes values. A type that is not listed holds back.
 */
sealed interface Verdict {
    /** Tells {@code listener} what this is. */
    void tell(Listener listener);

    /** Takes the verdict on one document. */
    interface Listener {
        /** It is in its index since now. */
        void created();

        /** From an earlier try: a document with its id is there, and is left as it is. */
        void alreadyThere();

        /** Elasticsearch will not take it, whenever it is sent; {@code type} says why. */
        void refused(String type);

        /**
         * Something else is at fault, so it will be sent again.
         *
         * @param code what is at fault
         * @param noIndex whether its index is not there
         */
        void held(String code, boolean noIndex);
    }

    /** The document is in its index. */
    enum Done implements Verdict {
        CREATED {
            @Override
            public void tell(Listener listener) {
                listener.created();
            }
        },
        ALREADY_THERE {
            @Override
            public void tell(Listener listener) {
                listener.alreadyThere();
            }
        }
    }

    /** The document's own fault, by its type. */
    record Refused(String type) implements Verdict {
        @Override
        public void tell(Listener listener) {
            listener.refused(type);
        }
    }

    /** Another's fault, by a code. */
    record Held(String code) implements Verdict {
        private static final String NO_INDEX = "item-404";

        @Override
        public void tell(Listener listener) {
            listener.held(code, code.startsWith(NO_INDEX));
        }
    }

    /**
     * The faults of a document itself. An unknown field is the first of these, a value that does not fit its field the
     * second, a value that is too long for its field the second too (measured with 8.19).
     */
    Set<String> OWN_FAULTS = Set.of("strict_dynamic_mapping_exception", "document_parsing_exception");

    /**
     * The verdict on an item of a bulk answer.
     *
     * @param status its HTTP status
     * @param type its {@code error.type}; empty if there is none
     */
    static Verdict of(int status, String type) {
        if (status == 200 || status == 201) {
            return Done.CREATED;
        }
        if (status == 409 && type.equals("version_conflict_engine_exception")) {
            return Done.ALREADY_THERE;
        }
        if (status == 400 && OWN_FAULTS.contains(type)) {
            return new Refused(type);
        }
        return new Held("item-" + status + (type.isEmpty() ? "" : "-" + type));
    }
}
