/**
 * Our signature test: canaries go in, and are found in no store, in no encoding.
 *
 * <p>{@code Canaries} invents the values, {@code Carriers} lists the places where one can stand, {@code Spellings} the
 * ways in which one can be written, {@code Packing} what it can be hidden in, {@code Store} where it can end up.
 * {@code LeakSweepIT} runs them through a real Sluice; {@code Mutants} plants one fault for each store into the same run.
 *
 * <p><b>A new format or field</b> is a line in {@code Carriers}. <b>A new store</b> is a constant of {@code Store} with
 * the files that belong to it, a look at what it answers in {@code Answers}, and a mutant, which {@code LeakSweepIT}
 * demands. A file that belongs to no store is looked at all the same.
 */
@NullMarked
package io.sluice.tests.leakage;

import org.jspecify.annotations.NullMarked;
