/** Usage figures of groups, asked of Elasticsearch, with small groups folded; logic without web. */
@NullMarked
package io.sluice.console.overview;

import org.jspecify.annotations.NullMarked;
