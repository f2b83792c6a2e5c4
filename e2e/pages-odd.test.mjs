// Half of the pages; the other half runs beside it.
import { lookAt } from "./looks.mjs";

await lookAt(1, 2);
