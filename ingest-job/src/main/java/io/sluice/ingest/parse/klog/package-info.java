/** Lines of glog, klog and Abseil: {@code I0312 09:14:58.123456 12345 file.go:53] message}. */
@NullMarked
package io.sluice.ingest.parse.klog;

import org.jspecify.annotations.NullMarked;
