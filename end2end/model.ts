// A language model by script, which speaks OpenAI's protocol: for what a page shows of one.

import { type Server, type ServerResponse, createServer } from "node:http";

/** A file that the model writes. */
export interface Written {
  path: string;
  content: string;
}

/** One answer, which the story sends piece by piece. */
export class Answer {
  /** The newest words of the person. */
  readonly asked: string;
  /** The addresses of all pictures that the model is shown. */
  readonly pictures: string[];
  private readonly response: ServerResponse;

  constructor(messages: Message[], response: ServerResponse) {
    this.asked = messages.filter((message) => message.role === "user").map((message) => message.content).findLast((content) => typeof content === "string") ?? "";
    const parts = messages.flatMap((message) => (Array.isArray(message.content) ? message.content : []));
    this.pictures = parts.flatMap((part) => (part.image_url ? [part.image_url.url] : []));
    this.response = response;
    response.setHeader("content-type", "text/event-stream");
  }

  private piece(piece: unknown): void {
    this.response.write(`data: ${JSON.stringify(piece)}\n\n`);
  }

  /** Some words; more may follow. */
  say(words: string): this {
    this.piece({ choices: [{ delta: { content: words } }] });
    return this;
  }

  /** Writes a file; the model is asked again with the result. */
  write(written: Written): void {
    this.call("write_file", written);
  }

  /** Uses a tool; the model is asked again with the result. */
  call(name: string, given: object): void {
    const call = { index: 0, id: "call_1", function: { name, arguments: JSON.stringify(given) } };
    this.piece({ choices: [{ delta: { tool_calls: [call] } }] });
    this.end("tool_calls");
  }

  /** The answer is complete, and this is how much it was. */
  end(reason = "stop", tokens = 1_234): void {
    this.piece({ choices: [{ delta: {}, finish_reason: reason }] });
    this.piece({ choices: [], usage: { prompt_tokens: tokens - 234, completion_tokens: 234 } });
    this.response.end("data: [DONE]\n\n");
  }

  /** It can't answer, and asking again will not help. */
  refuse(): void {
    this.response.removeHeader("content-type");
    this.response.writeHead(400).end();
  }
}

interface Message {
  role: string;
  content?: string | { image_url?: { url: string } }[] | null;
}

/** Listens where a server's settings say that a model is. */
export class ScriptedModel {
  private readonly server: Server;
  private readonly waiting: Answer[] = [];
  private taker: ((answer: Answer) => void) | undefined;

  constructor() {
    this.server = createServer(async (request, response) => {
      let body = "";
      for await (const piece of request) body += piece;
      const { messages } = JSON.parse(body) as { messages: Message[] };
      const answer = new Answer(messages, response);
      if (this.taker) this.taker(answer);
      else this.waiting.push(answer);
      this.taker = undefined;
    });
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve) => this.server.listen(port, "127.0.0.1", resolve));
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** The next request, once it is there. */
  asked(): Promise<Answer> {
    const first = this.waiting.shift();
    return first ? Promise.resolve(first) : new Promise((resolve) => (this.taker = resolve));
  }
}
