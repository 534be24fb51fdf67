/** The first catalog of an API of one's own: small, and each line of it is meant to be changed. */
import { title } from "../model/names.js";

/** The text of its one file. */
export function starter(api: string, schema: string | null): string {
  const called = title(api);
  const first = schema === null ? "" : `# yaml-language-server: $schema=${schema}\n`;
  return `${first}# An API of your own: say what it answers, and change or delete what does not fit.
api:
  title: ${called} API
  summary: Say here in a sentence what the API does.
  codes: string
${/^\d/.test(api) ? `  prefix: Api${api.replaceAll("-", "")}\n` : ""}
channels:
  http:
    transport: http
    # Where the body has the code and the text: { "code": "name_taken", "message": "…" }.
    code: /code
    message: /message

operations:
  create-item:
    request: POST /items
    kind: write
    summary: Creates an item.

retry:
  wait-as-told:
    verdict: retry
    delay: [{ header: Retry-After }, { fixed: 1s }]
    max-delay: 60s
    max-attempts: 3
    identity: none
    summary: Wait as long as the response says, or a second.

statuses:
  200:
    success: true
    outcome: executed
    where: { /id: present }
    summary: The request was carried out, and the body has the item.
    examples: [{ status: 200, body: { id: "1" } }]
  429:
    category: throttled
    outcome: not-executed
    retry: wait-as-told
    summary: Too many requests.
    examples: [{ status: 429, headers: { retry-after: "2" } }]
  5xx:
    category: internal
    outcome: unknown
    retry: reconcile
    summary: The service failed, and does not say how far it got.
    examples: [{ status: 500 }]

errors:
  name-taken:
    code: name_taken
    status: 409
    category: state-conflict
    outcome: not-executed
    retry: never
    # After a request that got no answer, the item of this name may be its own.
    if-prior-unknown: { outcome: unknown, retry: reconcile }
    summary: There is an item of this name.
    remedy: Choose another name.
    examples:
      - { status: 409, body: { code: name_taken, message: The name is taken. } }
  invalid-field:
    code: invalid_field
    message: "The field {field:word} is invalid."
    status: 422
    category: validation
    outcome: not-executed
    retry: never
    summary: A field has a value that is not accepted.
    examples:
      - { status: 422, body: { code: invalid_field, message: The field size is invalid. } }
`;
}
