// The servers that the tests talk to: real ones, each with its own port, data and settings.

import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The server's executable; scripts/test-e2e says which one it built. */
const binary = process.env["SANDGLASS_BIN"] ?? `${root}target/debug/sandglass`;

interface Server {
  url: string;
  /** As Playwright's `webServer` takes it. */
  process: {
    command: string;
    cwd: string;
    env: Record<string, string>;
    url: string;
    timeout: number;
    gracefulShutdown: { signal: "SIGTERM"; timeout: number };
  };
}

/** Moves every port, so that two runs on one machine do not meet. */
const offset = Number(process.env["SANDGLASS_PORT_OFFSET"] ?? 0);

function server(usualPort: number, settings: Record<string, string>): Server {
  const port = usualPort + offset;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    process: {
      command: `node server.mjs ${binary}`,
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      env: {
        SANDGLASS__SERVER__ADDR: `127.0.0.1:${port}`,
        // All tests come from one address; how often one visitor may claim is tested in Rust.
        SANDGLASS__DEMO__SESSIONS_PER_VISITOR_PER_HOUR: "0",
        SANDGLASS__WORKSPACE__SESSIONS_PER_NETWORK_PER_HOUR: "0",
        SANDGLASS__WORKSPACE__MAX_CONCURRENT_PER_PERSON: "0",
        SANDGLASS__TRY__SESSIONS_PER_NETWORK_PER_HOUR: "0",
        SANDGLASS__SANDBOX__ALLOW_WEAK_ISOLATION: "true",
        SANDGLASS__LOG__FILTER: "warn",
        ...settings,
      },
      url: `${url}/readyz`,
      timeout: 60_000,
      gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    },
  };
}

/** For measuring: everybody comes from one network. */
const unlimited = {
  SANDGLASS__LIMITS__REQUESTS_PER_SECOND: "0",
  SANDGLASS__LIMITS__PREVIEW_REQUESTS_PER_SECOND: "0",
};

/**
 * As people get it, but without `/try`: the demo's button would lead there whenever another story has just taken the last warm
 * sandbox.
 */
export const usual = server(3100, { SANDGLASS__DEMO__POOL_SIZE: "3", SANDGLASS__TRY__ENABLED: "false" });

/** Where prototypes are tried. */
export const prototypes = server(3108, { SANDGLASS__DEMO__POOL_SIZE: "3" });

/**
 * Sessions are over before one can get comfortable. There is a warm sandbox for each of its stories: without one the demo's button
 * leads to `/try`.
 */
export const hasty = server(3101, {
  SANDGLASS__DEMO__POOL_SIZE: "3",
  SANDGLASS__DEMO__MAX_SESSION_DURATION: "6",
  SANDGLASS__WORKSPACE__MAX_SESSION_DURATION: "8",
  SANDGLASS__TRY__MAX_SESSION_DURATION: "8",
});

/** Room for one demo at a time. */
export const narrow = server(3104, { SANDGLASS__DEMO__POOL_SIZE: "1", SANDGLASS__DEMO__MAX_CONCURRENT_DEMOS: "1" });

/** Where people sign up, all from one address. */
export const accounts = server(3105, {
  SANDGLASS__DEMO__POOL_SIZE: "1",
  SANDGLASS__ACCOUNTS__SIGN_UPS_PER_NETWORK_PER_HOUR: "0",
});

/** Where the scripted service listens that says whether a visitor of `modest` is a person. */
export const verifierPort = 3109 + offset;

/** Where the scripted language model listens. */
export const modelPort = 3110 + offset;

/** It may be chosen in workspaces, and takes screenshots there. */
const scripted = {
  SANDGLASS__MODELS: `[{name="scripted",kind="openai",model="scripted",base_url="http://127.0.0.1:${modelPort}/v1",vision=true,input_price=1.0,output_price=5.0}]`,
  SANDGLASS__AGENTS__WORKSPACES: "built-in",
  SANDGLASS__SANDBOX__BROWSER: "/usr/bin/chromium-headless-shell",
};

/**
 * Workspaces near their end from the start, whose files may be as large as a picture; its prototypes a hosted
 * service guards; a language model may be chosen, with a small budget. */
export const modest = server(3106, {
  SANDGLASS__TRY__CHALLENGE: "turnstile",
  SANDGLASS__TRY__CHALLENGE_SITE_KEY: "site-key",
  SANDGLASS__TRY__CHALLENGE_SECRET: "kept on the server",
  SANDGLASS__TRY__CHALLENGE_VERIFY_URL: `http://127.0.0.1:${verifierPort}/siteverify`,
  SANDGLASS__DEMO__POOL_SIZE: "1",
  SANDGLASS__WORKSPACE__MAX_SESSION_DURATION: "290",
  SANDGLASS__WORKSPACE__ARCHIVE_BYTES_MAX: "1000000",
  ...scripted,
  SANDGLASS__MODEL_BUDGET__SESSION_TOKENS_MAX: "20000",
});

/** For measuring: a pool that a burst of claims does not empty. */
export const warm = server(3102, {
  SANDGLASS__DEMO__POOL_SIZE: "10",
  SANDGLASS__DEMO__MAX_CONCURRENT_DEMOS: "20",
  ...unlimited,
});

/** For measuring: nothing is ready before it is asked for. Without `/try` the button makes a demo all the same. */
export const cold = server(3103, {
  SANDGLASS__DEMO__POOL_SIZE: "0",
  SANDGLASS__WORKSPACE__POOL_SIZE: "0",
  SANDGLASS__POOL__MAX_READY: "0",
  SANDGLASS__TRY__ENABLED: "false",
  ...unlimited,
});

/** For measuring: room for workspaces, three sandboxes warm of what the picker proposes, and a language model to choose. */
export const desks = server(3107, { SANDGLASS__DEMO__POOL_SIZE: "3", ...scripted, ...unlimited });
