import { http, type HttpResponse } from "msw";
import { abpFixtures, toResponse } from "trading-api-errors/abp/fixtures";

export const tooFast = http.post(
  "https://v2.55-tech.com/place-orders",
  () => toResponse(abpFixtures["abp.rate-limit-exceeded"][0]!) as HttpResponse<never>,
);
