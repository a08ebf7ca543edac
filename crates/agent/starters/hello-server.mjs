// Answers every request on port 3000 with one line.
import { createServer } from "node:http";

const line = "Hello!";

createServer((request, response) => {
  console.log(request.method, request.url);
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${line}\n`);
}).listen(3000, "127.0.0.1", () => console.log("http://127.0.0.1:3000/"));
