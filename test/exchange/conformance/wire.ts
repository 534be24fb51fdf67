/** A server on loopback that answers with bytes, right or wrong, and notes what reached it. */
import { createServer, type IncomingMessage, STATUS_CODES } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";

export interface Arrived {
  readonly path: string;
  readonly body: string;
  readonly atMs: number;
}

/** Writes an answer, or breaks the connection. */
export type Answer = (socket: Socket) => void;

export interface Wire {
  readonly url: string;
  readonly log: readonly Arrived[];
  close(): Promise<void>;
}

/** `answers` are for the requests in turn; the last one is for all that follow. */
export async function listen(
  answers: readonly Answer[],
  arrives: (at: Arrived) => void = () => {},
): Promise<Wire> {
  const log: Arrived[] = [];
  const answerTo = async (request: IncomingMessage): Promise<void> => {
    // A client that gave up has closed the connection in the middle.
    request.socket.on("error", () => {});
    const arrived = { path: request.url!, body: await text(request), atMs: performance.now() };
    log.push(arrived);
    arrives(arrived);
    answers[Math.min(log.length, answers.length) - 1]!(request.socket);
  };
  const server = createServer((request) => void answerTo(request).catch(() => {}));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

type Headers = Readonly<Record<string, string>>;

const head = (status: number, headers: Headers): string =>
  [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "\r\n",
  ].join("\r\n");

const json = "application/json";

/** A whole answer. */
export const whole =
  (status: number, body: string | Buffer, headers: Headers = {}): Answer =>
  (socket) => {
    const length = String(Buffer.byteLength(body));
    socket.write(head(status, { "content-type": json, "content-length": length, ...headers }));
    socket.write(body);
  };

/** The head of a 200, of which the body is up to `write`. */
export const begun =
  (headers: Headers, write: Answer = () => {}): Answer =>
  (socket) => {
    socket.write(head(200, { "content-type": json, ...headers }));
    write(socket);
  };

/** A text, byte by byte, and then spaces for ever. */
export const endless = (body: string): Answer =>
  begun({ "content-length": "1000000" }, (socket) => {
    let at = 0;
    const timer = setInterval(() => socket.write(body[at++] ?? " "), 50);
    socket.on("close", () => clearInterval(timer));
  });

/** Something before the answer itself. */
export const after =
  (first: string, answer: Answer): Answer =>
  (socket) => {
    socket.write(first);
    answer(socket);
  };

export const silence: Answer = () => {};
export const reset: Answer = (socket) => socket.resetAndDestroy();
