// Before the first story: waits until every server has a warm sandbox, so that no story pays for another's start.

import type { FullConfig } from "@playwright/test";

/** How long the first sandboxes may take, in milliseconds. */
const PATIENCE_MS = 120_000;

/** Listens to the offer as an open page does, until it is `instant`. */
async function warm(url: string): Promise<void> {
  const stream = await fetch(`${url}/api/v1/demo/availability/stream`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  let told = "";
  for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) {
    told += part;
    if (told.includes('"tier":"instant"')) return;
  }
  throw new Error(`${url} has no warm sandbox; it told: ${told}`);
}

export default async function warmUp(config: FullConfig): Promise<void> {
  const urls = config.projects.flatMap((project) => project.use.baseURL ?? []);
  await Promise.all([...new Set(urls)].map(warm));
}
