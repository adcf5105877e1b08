// npm run --silent workflow:inspect -- <file> --object-info <file>
import { workflowCommand } from "./workflow/workflow-command.mjs";

await workflowCommand(import.meta.url, "inspect");
