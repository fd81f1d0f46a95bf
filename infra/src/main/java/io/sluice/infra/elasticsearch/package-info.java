/** The embedded Elasticsearch, a process of its own. */
@NullMarked
package io.sluice.infra.elasticsearch;

import org.jspecify.annotations.NullMarked;
