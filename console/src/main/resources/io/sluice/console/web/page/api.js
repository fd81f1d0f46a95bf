/** The server's answers, and what it says when it refuses. */

let csrf = "";

export class Refusal extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

async function ask(method, path, body) {
  const headers = {};
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (method !== "GET") {
    headers["X-CSRF-Token"] = csrf;
  }
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch {
    throw new Refusal(0, "The server does not answer; this page keeps trying.");
  }
  let answer;
  try {
    answer = await response.json();
  } catch {
    answer = {};
  }
  if (!response.ok) {
    throw new Refusal(response.status, answer.error ?? `The server answers HTTP ${response.status}.`);
  }
  return answer;
}

function remember(account) {
  csrf = account.csrf;
  return account;
}

export const me = async () => remember(await ask("GET", "/api/me"));
export const logIn = async (name, password) => remember(await ask("POST", "/api/login", { name, password }));
export const logOut = () => ask("POST", "/api/logout");
export const overview = (question) => ask("GET", `/api/overview?${new URLSearchParams(question)}`);
