package io.sluice.keys;

/** The public half of a vault bucket's key pair: it can wrap a data key, and not open one. */
public interface BucketKey {
    /** A data key wrapped to this bucket (HPKE, RFC 9180); only the holder of the private half can open it. */
    byte[] wrap(byte[] dataKey, byte[] context);
}
