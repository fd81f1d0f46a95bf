/** Access logs of AWS's load balancer. */
@NullMarked
package io.sluice.ingest.parse.aws;

import org.jspecify.annotations.NullMarked;
