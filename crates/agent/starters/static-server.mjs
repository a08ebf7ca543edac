// Serves the files of this folder on port 3000. For trying things out, not for the world.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const root = import.meta.dirname;
const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

createServer(async (request, response) => {
  try {
    const { pathname } = new URL(request.url, "http://localhost");
    const wanted = normalize(decodeURIComponent(pathname));
    const file = join(root, wanted.endsWith("/") ? `${wanted}index.html` : wanted);
    const content = await readFile(file);
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(content);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" });
    response.end("There is no such file.\n");
  }
}).listen(3000, "127.0.0.1", () => console.log("http://127.0.0.1:3000/"));
