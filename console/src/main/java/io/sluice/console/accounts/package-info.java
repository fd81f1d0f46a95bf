/** Who may ask the server for what: accounts, roles, passwords and sessions; logic without web. */
@NullMarked
package io.sluice.console.accounts;

import org.jspecify.annotations.NullMarked;
