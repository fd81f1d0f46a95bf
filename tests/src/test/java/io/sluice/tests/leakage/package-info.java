/** Our signature test: canaries go in, and are found in no store, in no encoding. */
package io.sluice.tests.leakage;
