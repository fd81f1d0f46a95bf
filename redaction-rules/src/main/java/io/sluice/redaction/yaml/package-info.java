/** YAML as a tree that knows its places, so that a reader can report all problems of a file at once. */
@NullMarked
package io.sluice.redaction.yaml;

import org.jspecify.annotations.NullMarked;
