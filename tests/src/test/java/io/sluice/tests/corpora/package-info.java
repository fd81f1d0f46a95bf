/** The bars that are held against what others wrote, and against ten thousand names. */
package io.sluice.tests.corpora;
