/** What the scanner costs, beside java.util.regex, with many rules, and on texts made to hurt it. */
package io.sluice.tests.scanning;
