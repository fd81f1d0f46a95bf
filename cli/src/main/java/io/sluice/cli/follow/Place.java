package io.sluice.cli.follow;

/**
 * How far a file has been acknowledged: what a restart needs to go on behind it, and no byte of its content.
 *
 * @param path the path that is followed, absolute; the file may stand elsewhere by now
 * @param inode number of the file
 * @param offset bytes from its beginning, behind the last acknowledged line
 * @param print {@link Fingerprint} of what stands before the offset; tells whether a file is still the same one
 */
record Place(String path, long inode, long offset, int print) {}
