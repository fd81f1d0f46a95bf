/** How the server reads and writes the topics that tell the jobs what counts, and what each task has of them. */
@NullMarked
package io.sluice.console.topics;

import org.jspecify.annotations.NullMarked;
