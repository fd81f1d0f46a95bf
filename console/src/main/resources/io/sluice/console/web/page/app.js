/** The way from the log-in to the overview and back. */

import { logIn, logOut, me } from "./api.js";
import { byId, setText, show } from "./dom.js";
import * as overview from "./overview.js";

function showLogin(message) {
  overview.stop();
  show(byId("overview"), false);
  show(byId("login"), true);
  show(byId("login-message"), message !== "");
  setText(byId("login-message"), message);
  byId("login-password").value = "";
  (byId("login-name").value === "" ? byId("login-name") : byId("login-password")).focus();
}

function showOverview(account) {
  show(byId("login"), false);
  show(byId("overview"), true);
  setText(byId("account"), account.name);
  overview.start(() => showLogin("Your session has ended; log in again."));
}

byId("login-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter ?? byId("login-form").querySelector("button");
  button.disabled = true;
  try {
    const account = await logIn(byId("login-name").value.trim(), byId("login-password").value);
    byId("login-password").value = "";
    showOverview(account);
  } catch (refusal) {
    showLogin(refusal.message);
  } finally {
    button.disabled = false;
  }
});

byId("logout").addEventListener("click", async () => {
  try {
    await logOut();
  } catch {
    // The session may be over already; the page leaves it in any case.
  }
  showLogin("");
});

try {
  showOverview(await me());
} catch (refusal) {
  showLogin(refusal.status === 401 ? "" : refusal.message);
}
