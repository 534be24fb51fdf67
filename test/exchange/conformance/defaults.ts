/** Instances whose defaults would undo what an adapter sets: shorter waits, more retries, bodies that are made of nothing. */
import type { Libraries } from "../loopback/hosts.js";

const statuses = [200, 422, 429, 500, 503];
const always = {
  retries: 5,
  retryDelay: () => 1,
  retryCondition: () => true,
  validateResponse: () => true,
};

export function withDefaults(libraries: Libraries): Libraries {
  const { axios, axiosRetry, got, ky } = libraries;
  const client = (): unknown =>
    axios.create({
      validateStatus: () => true,
      transformResponse: [() => ({})],
      responseType: "arraybuffer",
      maxRedirects: 5,
    });
  return {
    ...libraries,
    axios: { create: client } as typeof axios,
    axiosRetry: ((one: Parameters<typeof axiosRetry>[0]) =>
      axiosRetry(one, always)) as typeof axiosRetry,
    got: got.extend({
      retry: {
        limit: 5,
        methods: ["POST"],
        statusCodes: statuses,
        errorCodes: ["ECONNRESET", "ETIMEDOUT"],
        maxRetryAfter: 1,
        calculateDelay: () => 1,
      },
      responseType: "buffer",
      resolveBodyOnly: true,
      throwHttpErrors: true,
      followRedirect: true,
    } as Parameters<typeof got.extend>[0]) as typeof got,
    ky: ky.create({
      retry: {
        limit: 5,
        methods: ["post"],
        statusCodes: statuses,
        afterStatusCodes: statuses,
        maxRetryAfter: 1,
        backoffLimit: 50,
        delay: () => 1,
        jitter: true,
        retryOnTimeout: true,
        shouldRetry: () => true,
      },
      redirect: "follow",
      throwHttpErrors: true,
      parseJson: () => ({}),
      timeout: 60_000,
    }),
  };
}
