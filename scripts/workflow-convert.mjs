// npm run --silent workflow:convert -- <file or folder> --object-info <file> --out <folder>
import { workflowCommand } from "./workflow/workflow-command.mjs";

await workflowCommand(import.meta.url, "convert");
