/** Every family, in the order of the docs. */
import { declines } from "./declines.js";
import { errors } from "./errors.js";
import type { FamilySection } from "./family.js";
import { sockets } from "./sockets.js";
import { statuses } from "./statuses.js";

export const families: readonly FamilySection[] = [statuses, errors, declines, sockets];
