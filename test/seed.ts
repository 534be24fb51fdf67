/** The same random inputs on every run, so that a build fails for what changed; `ERRATA_SEED=7 npm test` draws others. */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["ERRATA_SEED"] ?? 1) });
