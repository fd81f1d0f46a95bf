package io.sluice.sinks.vault;

/**
 * One raw record out of the vault: plaintext.
 *
 * @param topicId id of its raw topic
 * @param partition its partition
 * @param offset its Kafka record's offset
 * @param position its number within that Kafka record
 * @param receivedAt the broker's receive time, milliseconds since 1970
 * @param bytes the record, secrets and client information cut out where their place was known
 */
public record VaultRecord(String topicId, int partition, long offset, int position, long receivedAt, byte[] bytes) {
    @Override
    public String toString() {
        return "a raw record of " + bytes.length + " bytes";
    }
}
